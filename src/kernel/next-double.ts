const double = new Float64Array(1);
const words = new BigInt64Array(double.buffer);

/** The double next to a finite one: larger for direction 1, smaller for −1. So x ≥ level is x > nextDouble(level, −1). */
export function nextDouble(level: number, direction: 1 | -1): number {
  if (level === 0) return direction * Number.MIN_VALUE;
  double[0] = level;
  // the bits of doubles of one sign are ordered as the doubles are, away from zero
  words[0] = words[0]! + BigInt(level > 0 ? direction : -direction);
  return double[0];
}
