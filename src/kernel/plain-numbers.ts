/** Plain sums of the opened trial's report: from lists of numbers, means taken before spreads. */

export function square(value: number): number {
  return value * value;
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** Divisor count − 1; NaN below two values; 0 below 1e-12, which is rounding noise. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const mean = meanOf(values);
  const deviation = Math.sqrt(sumOf(values.map((value) => square(value - mean))) / (values.length - 1));
  return deviation < 1e-12 ? 0 : deviation;
}

/** Of ascending values, between order statistics by straight lines (Hyndman and Fan 1996, type 7, as numpy). */
export function quantileOf(ascending: ArrayLike<number>, q: number): number {
  if (ascending.length === 0) return NaN;
  const at = q * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below]!;
  const high = ascending[Math.min(below + 1, ascending.length - 1)]!;
  return low + (at - below) * (high - low);
}
