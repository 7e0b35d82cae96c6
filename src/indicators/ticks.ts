/** Sums of whole ticks are exact up to here. */
export const EXACT = Number.MAX_SAFE_INTEGER;

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Ticks per unit of price: 10^decimals, or 0 where the inputs are no tick decimals. */
export function tickScale(decimals: number): number {
  return POWERS[decimals] ?? 0;
}
