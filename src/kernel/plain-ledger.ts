import type { Trade } from '../metrics/report.ts';
import { meanOf, sumOf } from './plain-numbers.ts';

/** The metrics of a list of closed trades that need their order, their sides or their costs. Formulas: metrics/table-trades. */
export function plainTradeMetrics(closed: readonly Trade[]) {
  const longs = closed.filter(({ side }) => side === 'long');
  const shorts = closed.filter(({ side }) => side === 'short');
  const gross = sumOf(closed.map(({ pnl, costs, quantity, entryPrice }) => positive(pnl + costs, quantity * entryPrice)));
  return {
    winStreak: longestRun(closed, (pnl) => pnl > 0),
    lossStreak: longestRun(closed, (pnl) => pnl < 0),
    avgTradeBars: meanOf(closed.map(({ entryBar, exitBar }) => exitBar - entryBar)),
    costShare: gross > 0 ? sumOf(closed.map(({ costs }) => costs)) / gross : NaN,
    longTrades: longs.length,
    longPnl: pnlOf(longs),
    longWinRate: winRateOf(longs),
    shortTrades: shorts.length,
    shortPnl: pnlOf(shorts),
    shortWinRate: winRateOf(shorts),
  };
}

/** A gain that is more than the rounding of what it was made with; otherwise 0. */
function positive(gain: number, value: number): number {
  return gain > 1e-12 * value ? gain : 0;
}

function longestRun(closed: readonly Trade[], is: (pnl: number) => boolean): number {
  let longest = 0;
  let run = 0;
  for (const { pnl } of closed) {
    run = is(pnl) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

function pnlOf(trades: readonly Trade[]): number {
  return sumOf(trades.map(({ pnl }) => pnl));
}

function winRateOf(trades: readonly Trade[]): number {
  return trades.filter(({ pnl }) => pnl > 0).length / trades.length;
}

/** What all entries and exits of the trades were worth. */
export function tradedValue(closed: readonly Trade[]): number {
  return sumOf(closed.map(({ quantity, entryPrice, exitPrice }) => quantity * (entryPrice + exitPrice)));
}

/** What 0 … 1 is after forty halvings. */
const WIDTH = 2 ** -40;

/**
 * The relative commission at which the total return is 0, by halving 0 … 1 forty times.
 * @param returnAt total return of the trial under a relative commission
 * @param proposed a value to try first: it is taken where the return changes its sign around it, which two runs tell instead of forty
 */
export function breakEven(returnAt: (relative: number) => number, proposed: number): number {
  if (!(returnAt(0) > 1e-12)) return NaN;
  if (proposed > 0 && returnAt(proposed - WIDTH) > 0 && !(returnAt(proposed + WIDTH) > 0)) return proposed;
  let low = 0;
  let high = 1;
  for (let k = 0; k < 40; k++) {
    const middle = (low + high) / 2;
    if (returnAt(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
