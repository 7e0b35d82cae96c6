import type { Trade } from '../metrics/report.ts';

/** Counts of trade returns in bins of equal, round width; 0 is always an edge, so that no bin mixes gains and losses. */
export interface ReturnBins {
  readonly width: number; // fraction
  readonly first: number; // index of the first bin: it begins at first × width
  readonly counts: readonly number[];
  readonly below: number; // trades left of the first bin
  readonly above: number; // trades right of the last
}

const MOST_BINS = 41;

/** @param returns of closed trades, fractions; the outermost percent may lie beyond the bins and is counted there */
export function returnBins(returns: readonly number[]): ReturnBins | null {
  if (returns.length === 0) return null;
  const ascending = [...returns].sort((a, b) => a - b);
  const low = Math.min(0, at(ascending, 0.01));
  const high = Math.max(0, at(ascending, 0.99));
  const width = roundUp(Math.max((high - low) / (MOST_BINS - 5), 1e-6));
  const first = Math.floor(low / width);
  const last = Math.max(first, Math.ceil(high / width) - 1);
  const counts = new Array<number>(last - first + 1).fill(0);
  let below = 0;
  let above = 0;
  for (const value of returns) {
    // a value on an edge belongs to the bin nearer to zero, so that the outermost ones are not left out
    const bin = (value > 0 ? Math.ceil(value / width) - 1 : Math.floor(value / width)) - first;
    if (bin < 0) below++;
    else if (bin >= counts.length) above++;
    else counts[bin]!++;
  }
  return { width, first, counts, below, above };
}

function at(ascending: readonly number[], q: number): number {
  return ascending[Math.round(q * (ascending.length - 1))]!;
}

/** 1, 2 or 5 times a power of ten, not below `value`. */
function roundUp(value: number): number {
  let unit = 1;
  while (unit > value) unit /= 10;
  while (unit * 10 <= value) unit *= 10;
  return [1, 2, 5, 10].map((factor) => factor * unit).find((step) => step >= value * (1 - 1e-9))!;
}

export type TradeOrder = 'number' | 'side' | 'entry' | 'exit' | 'bars' | 'return' | 'reason';

const KEYS: Readonly<Record<TradeOrder, (trade: Trade) => number | string>> = {
  number: () => 0,
  side: ({ side }) => side,
  entry: ({ entryBar }) => entryBar,
  exit: ({ exitBar }) => exitBar,
  bars: ({ entryBar, exitBar }) => exitBar - entryBar,
  return: ({ returnFraction }) => returnFraction,
  reason: ({ reason, open }) => (open ? '' : reason),
};

/** Numbers of the trades (0 for the first) in the wished order; equal ones stay in theirs. */
export function orderTrades(trades: readonly Trade[], by: TradeOrder, descending: boolean): number[] {
  const numbers = trades.map((_, k) => k);
  if (by === 'number') return descending ? numbers.reverse() : numbers;
  const keys = trades.map(KEYS[by]);
  const sign = descending ? -1 : 1;
  return numbers.sort((a, b) => {
    const [one, other] = [keys[a]!, keys[b]!];
    return one < other ? -sign : one > other ? sign : a - b;
  });
}
