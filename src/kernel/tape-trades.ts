import { metricIndex } from '../metrics/columns.ts';
import type { Tape } from './tape.ts';

const WIN_STREAK = metricIndex('winStreak');
const LOSS_STREAK = metricIndex('lossStreak');
const AVERAGE_BARS = metricIndex('avgTradeBars');
const COST_SHARE = metricIndex('costShare');
const LONG_TRADES = metricIndex('longTrades');
const LONG_PNL = metricIndex('longPnl');
const LONG_WIN_RATE = metricIndex('longWinRate');
const SHORT_TRADES = metricIndex('shortTrades');
const SHORT_PNL = metricIndex('shortPnl');
const SHORT_WIN_RATE = metricIndex('shortWinRate');

/** A gain below this part of the entry value is rounding. */
const NOISE = 1e-12;

/** Writes the metrics of metrics/table-trades that come from the trades of a tape: one pass. */
export function finishTrades(tape: Tape, out: Float64Array): void {
  const { trades, side, held, pnl, costs, entryValue } = tape;
  let winning = 0;
  let losing = 0;
  let mostWinning = 0;
  let mostLosing = 0;
  let bars = 0;
  let cost = 0;
  let gross = 0;
  let longs = 0;
  let longPnl = 0;
  let longWins = 0;
  let shortPnl = 0;
  let shortWins = 0;
  for (let k = 0; k < trades; k++) {
    const gain = pnl[k]!;
    winning = gain > 0 ? winning + 1 : 0;
    losing = gain < 0 ? losing + 1 : 0;
    if (winning > mostWinning) mostWinning = winning;
    if (losing > mostLosing) mostLosing = losing;
    bars += held[k]!;
    const paid = costs[k]!;
    cost += paid;
    if (gain + paid > NOISE * entryValue[k]!) gross += gain + paid;
    if (side[k]! > 0) {
      longs++;
      longPnl += gain;
      if (gain > 0) longWins++;
    } else {
      shortPnl += gain;
      if (gain > 0) shortWins++;
    }
  }
  const shorts = trades - longs;
  out[WIN_STREAK] = mostWinning;
  out[LOSS_STREAK] = mostLosing;
  out[AVERAGE_BARS] = bars / trades;
  out[COST_SHARE] = gross > 0 ? cost / gross : NaN;
  out[LONG_TRADES] = longs;
  out[LONG_PNL] = longPnl;
  out[LONG_WIN_RATE] = longWins / longs;
  out[SHORT_TRADES] = shorts;
  out[SHORT_PNL] = shortPnl;
  out[SHORT_WIN_RATE] = shortWins / shorts;
}
