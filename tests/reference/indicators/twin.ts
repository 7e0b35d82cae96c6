/**
 * An indicator once more, slow and obvious, over a run of finite values: one number per bar from its definition, NaN where it has
 * none. Sums are taken afresh for every window, without state that could drift.
 */
export type Twin = (inputs: readonly (readonly number[])[], params: readonly number[]) => number[];

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** `of` the last n values at every bar that has as many; a bar with a NaN among them has no value. */
export function eachWindow(x: readonly number[], n: number, of: (window: readonly number[], bar: number) => number): number[] {
  return x.map((_, bar) => {
    if (bar + 1 < n) return NaN;
    const window = x.slice(bar + 1 - n, bar + 1);
    return window.some(Number.isNaN) ? NaN : of(window, bar);
  });
}

/** x[n]. */
export function back(x: readonly number[], n: number): number[] {
  return x.map((_, bar) => (bar < n ? NaN : x[bar - n]!));
}

/** weight × x + (1 − weight) × the value before, from the mean of the first n values that x has. */
export function smoothed(x: readonly number[], n: number, weight: number): number[] {
  const start = x.findIndex((value) => !Number.isNaN(value));
  const out = x.map(() => NaN);
  if (start < 0) return out;
  const first = start + n - 1;
  for (let bar = first; bar < x.length; bar++)
    out[bar] = bar === first ? mean(x.slice(start, bar + 1)) : weight * x[bar]! + (1 - weight) * out[bar - 1]!;
  return out;
}

/** Bar by bar over several series. */
export function zip(series: readonly (readonly number[])[], of: (...values: number[]) => number): number[] {
  return series[0]!.map((_, bar) => of(...series.map((x) => x[bar]!)));
}

/** Every sum from the start, with the digits that plain adding would lose. */
export function running(x: readonly number[]): number[] {
  let total = 0n;
  const unit = 2 ** 40;
  return x.map((value) => {
    total += BigInt(Math.round(value * unit));
    return Number(total) / unit;
  });
}
