/**
 * The indicators once more, slow and obvious: every value from its definition, straight from the window or from bar 0, with no
 * state carried along. `undefined` is a bar without a value.
 */
export type Twin = (inputs: readonly (readonly number[])[], n: number, bar: number) => number | undefined;

function window(x: readonly number[], n: number, bar: number): readonly number[] | undefined {
  return bar + 1 < n ? undefined : x.slice(bar + 1 - n, bar + 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** weight × x[bar] + (1 − weight) × the value before, back to the mean of the first n. */
function smoothed(x: readonly number[], n: number, weight: number, bar: number): number | undefined {
  if (bar + 1 < n) return undefined;
  let value = sum(x.slice(0, n)) / n;
  for (const next of x.slice(n, bar + 1)) value = weight * next + (1 - weight) * value;
  return value;
}

function trueRanges([high, low, close]: readonly (readonly number[])[]): number[] {
  return high!.map((h, i) =>
    i === 0 ? h - low![i]! : Math.max(h - low![i]!, Math.abs(h - close![i - 1]!), Math.abs(low![i]! - close![i - 1]!)),
  );
}

export const TWINS: Readonly<Record<string, Twin>> = {
  sma: ([x], n, bar) => {
    const values = window(x!, n, bar);
    return values && sum(values) / n;
  },
  wma: ([x], n, bar) => {
    const values = window(x!, n, bar);
    return values && sum(values.map((value, k) => value * (k + 1))) / sum(values.map((_, k) => k + 1));
  },
  ema: ([x], n, bar) => smoothed(x!, n, 2 / (n + 1), bar),
  rma: ([x], n, bar) => smoothed(x!, n, 1 / n, bar),
  stdev: ([x], n, bar) => {
    const values = window(x!, n, bar);
    if (!values) return undefined;
    const mean = sum(values) / n;
    return Math.sqrt(sum(values.map((value) => (value - mean) * (value - mean))) / n);
  },
  highest: ([x], n, bar) => {
    const values = window(x!, n, bar);
    return values && Math.max(...values);
  },
  lowest: ([x], n, bar) => {
    const values = window(x!, n, bar);
    return values && Math.min(...values);
  },
  rsi: ([x], n, bar) => {
    const changes = x!.slice(1).map((value, i) => value - x![i]!);
    const rises = smoothed(
      changes.map((c) => Math.max(c, 0)),
      n,
      1 / n,
      bar - 1,
    );
    const falls = smoothed(
      changes.map((c) => Math.max(-c, 0)),
      n,
      1 / n,
      bar - 1,
    );
    if (rises === undefined || falls === undefined) return undefined;
    return falls === 0 ? 100 : (100 * rises) / (rises + falls);
  },
  roc: ([x], n, bar) => (bar < n ? undefined : (100 * (x![bar]! - x![bar - n]!)) / x![bar - n]!),
  change: ([x], n, bar) => (bar < n ? undefined : x![bar]! - x![bar - n]!),
  tr: (inputs, _, bar) => trueRanges(inputs)[bar],
  atr: (inputs, n, bar) => smoothed(trueRanges(inputs), n, 1 / n, bar),
};
