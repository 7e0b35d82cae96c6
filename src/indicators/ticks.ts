/** Sums of whole ticks are exact up to here. */
export const EXACT = Number.MAX_SAFE_INTEGER;

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Ticks per unit of price: 10^decimals, or 0 where the inputs are no tick decimals. */
export function tickScale(decimals: number): number {
  return POWERS[decimals] ?? 0;
}

/** 1.5 · 2^52: a sum with it keeps no fraction. */
const SHIFT = 6755399441055744;

/**
 * The nearest whole number to a price in ticks, which misses one by the rounding of a product. Exact below 2^51, and no further off
 * than a double is above. `Math.round` compares to decide upward or downward, which that noise makes a coin toss: it costs several
 * times as much.
 */
export function wholeTicks(ticks: number): number {
  return ticks + SHIFT - SHIFT;
}
