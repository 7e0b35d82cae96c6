/** What holding over bars [from, to] of a series of closes does, one bar after the other. */
export interface HeldRange {
  readonly high: number;
  readonly low: number;
  readonly fall: number; // least of a later close ÷ an earlier one, 1 where nothing falls
}

export function heldRange(close: ArrayLike<number>, from: number, to: number): HeldRange {
  let [high, low, fall] = [-Infinity, Infinity, 1];
  for (let i = from; i <= to; i++) {
    high = Math.max(high, close[i]!);
    low = Math.min(low, close[i]!);
    fall = Math.min(fall, close[i]! / high);
  }
  return { high, low, fall };
}

/** Σ r, Σ r², Σ min(r, 0)² over the samples in (from, to]. */
export function heldMoves(close: ArrayLike<number>, samples: readonly number[], from: number, to: number): number[] {
  const inside = samples.filter((bar) => bar > from && bar <= to);
  const returns = inside.map((bar) => close[bar]! / close[samples[samples.indexOf(bar) - 1]!]! - 1);
  const sum = (of: (r: number) => number): number => returns.reduce((total, r) => total + of(r), 0);
  return [sum((r) => r), sum((r) => r * r), sum((r) => Math.min(r, 0) ** 2)];
}
