import type { Notes } from './indicator.ts';

const WILDER = 'J. W. Wilder, New Concepts in Technical Trading Systems, 1978';

export const TREND_NOTES: Readonly<Record<string, Notes>> = {
  adx: {
    about: 'Average directional index, 0 to 100: strength of a trend, whatever its direction.',
    formula: 'rma(100 × |plusdi − minusdi| ÷ (plusdi + minusdi), n), 0 for a bar without direction',
    seeding: 'First value, at bar 2n − 1, is the mean of the first n directional values.',
    source: `Pine ta.dmi; ${WILDER}`,
  },
  plusdi: {
    about: 'Directional indicator of rises, 0 to 100. None where nothing moved.',
    formula: '100 × rma(rise of the high where it exceeds the fall of the low, n) ÷ rma(tr, n)',
    seeding: 'Both averages start at bar n with the plain mean of bars 1 to n; bar 0 has no bar before it.',
    source: `Pine ta.dmi; ${WILDER}`,
  },
  minusdi: {
    about: 'Directional indicator of falls, 0 to 100. None where nothing moved.',
    formula: '100 × rma(fall of the low where it exceeds the rise of the high, n) ÷ rma(tr, n)',
    seeding: 'Both averages start at bar n with the plain mean of bars 1 to n; bar 0 has no bar before it.',
    source: `Pine ta.dmi; ${WILDER}`,
  },
  vortexplus: {
    about: 'Vortex of rises: movement from lows up to highs as a share of the true ranges.',
    formula: 'sum(|high − low[1]|, n) ÷ sum(tr, n)',
    seeding: 'First value at bar n.',
    source: 'E. Botes, D. Siepman, 2010',
  },
  vortexminus: {
    about: 'Vortex of falls: movement from highs down to lows as a share of the true ranges.',
    formula: 'sum(|low − high[1]|, n) ÷ sum(tr, n)',
    seeding: 'First value at bar n.',
    source: 'E. Botes, D. Siepman, 2010',
  },
  supertrend: {
    about: 'Supertrend: a line at some average true ranges from the bars’ middle that moves only with the trend.',
    formula:
      'hl2 ∓ factor·atr(n), held while the new line would move against the trend; changes sides when the close passes it',
    seeding: 'Starts above the prices, at bar n − 1.',
    source: 'Pine ta.supertrend',
  },
  supertrenddir: {
    about: 'Direction of the supertrend: −1 in a rise (line below the prices), 1 in a fall.',
    formula: 'as supertrend',
    seeding: 'Starts with 1, at bar n − 1.',
    source: 'Pine ta.supertrend',
  },
  psar: {
    about: 'Parabolic stop and reverse: a stop that follows the trend ever faster.',
    formula:
      'p = p[1] + a·(extreme − p[1]), a from start by inc up to max with each new extreme; kept out of the last two bars; turns when touched',
    seeding: 'Starts at bar 1: rising if the close rose, from the low of bar 0, else falling from its high.',
    source: `Pine ta.sar; ${WILDER}`,
  },
  tenkan: {
    about: 'Ichimoku’s conversion line.',
    formula: '(highest(high, n) + lowest(low, n)) ÷ 2',
    seeding: 'First value at bar n − 1.',
    source: 'G. Hosoda',
  },
  kijun: {
    about: 'Ichimoku’s base line.',
    formula: '(highest(high, n) + lowest(low, n)) ÷ 2',
    seeding: 'First value at bar n − 1.',
    source: 'G. Hosoda',
  },
  senkoua: {
    about: 'First edge of Ichimoku’s cloud, as it stands at this bar: computed shift bars ago and drawn ahead.',
    formula: '((tenkan(fast) + kijun(slow)) ÷ 2)[shift]',
    seeding:
      'First value at bar max(fast, slow) − 1 + shift. The lagging line would look ahead: compare `close` with `close[26]`.',
    source: 'G. Hosoda',
  },
  senkoub: {
    about: 'Second edge of Ichimoku’s cloud, as it stands at this bar: computed shift bars ago and drawn ahead.',
    formula: '((highest(high, n) + lowest(low, n)) ÷ 2)[shift]',
    seeding: 'First value at bar n − 1 + shift.',
    source: 'G. Hosoda',
  },
};
