import type { Notes } from './indicator.ts';

const FLOW = '(2·close − high − low) ÷ (high − low) × volume, 0 for a bar without range';

export const VOLUME_NOTES: Readonly<Record<string, Notes>> = {
  obv: {
    about: 'On-balance volume: volume of rising bars less that of falling ones, from the first bar on.',
    formula: 'cum(sign(change(close)) × volume)',
    seeding: '0 at bar 0. TA-Lib starts with the first volume, which is a constant more.',
    source: 'Pine ta.obv; J. Granville',
  },
  ad: {
    about: 'Accumulation and distribution: volume weighed by where the close lies in its bar, from the first bar on.',
    formula: `cum(${FLOW})`,
    seeding: 'Starts with the flow of bar 0.',
    source: 'Pine ta.accdist; M. Chaikin',
  },
  adosc: {
    about: 'Chaikin oscillator: a fast average of ad less a slow one.',
    formula: 'ema(ad, fast) − ema(ad, slow)',
    seeding: 'Both averages start with a plain mean; first value at bar max(fast, slow) − 1. TA-Lib starts them at bar 0.',
    source: 'M. Chaikin',
  },
  cmf: {
    about: 'Chaikin money flow, −1 to 1: flow as a share of the volume. None without volume.',
    formula: `sum(${FLOW}, n) ÷ sum(volume, n)`,
    seeding: 'First value at bar n − 1.',
    source: 'M. Chaikin',
  },
  mfi: {
    about: 'Money flow index, 0 to 100: an rsi that weighs by volume; of hlc3 where x is left out. None without any flow.',
    formula: '100 × up ÷ (up + down), sums over n of x·volume at bars where x rose, and where it fell',
    seeding: 'First value at bar n; bar 0 has no change.',
    source: 'Pine ta.mfi; G. Quong, A. Soudack',
  },
  vwap: {
    about:
      'Volume-weighted average price since the day began; of hlc3 where x is left out. None before the day’s first volume.',
    formula: 'sum of x·volume ÷ sum of volume, from the first bar of the local date',
    seeding: 'Starts anew at each local date, in the zone of the data.',
    source: 'Pine ta.vwap',
  },
};
