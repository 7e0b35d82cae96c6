import { POWERS_OF_TEN } from '../core/decimal.ts';
import { DAY_MS } from './calendar.ts';
import type { BarColumns } from './columns.ts';

const MAX_DECIMALS = 8;
const MAX_UNITS = 2 ** 43; // so that a sum of a thousand bars' ticks stays an exact integer below 2^53

/**
 * The tick size that makes every price a whole number.
 * @returns the smallest d ≤ 8 with every price a decimal of d digits and |price × 10^d| < 2^43; −1 where there is none
 */
export function priceDecimals(columns: Pick<BarColumns, 'open' | 'high' | 'low' | 'close'>): number {
  let decimals = 0;
  let largest = 0;
  for (const prices of [columns.open, columns.high, columns.low, columns.close]) {
    for (let i = 0; i < prices.length; i++) {
      const price = prices[i]!;
      const size = price < 0 ? -price : price;
      if (size > largest) largest = size;
      while (Math.round(price * POWERS_OF_TEN[decimals]!) / POWERS_OF_TEN[decimals]! !== price) {
        if (++decimals > MAX_DECIMALS) return -1;
      }
    }
  }
  return largest * POWERS_OF_TEN[decimals]! < MAX_UNITS ? decimals : -1;
}

/** The commonest distance between neighbours, ms, the smaller of equals, and the share of the neighbours that have it. */
export function barSpacing(time: Float64Array): { barMs: number; share: number } {
  const seen = new Map<number, number>();
  for (let i = 1; i < time.length; i++) {
    const distance = time[i]! - time[i - 1]!;
    seen.set(distance, (seen.get(distance) ?? 0) + 1);
  }
  let barMs = DAY_MS; // of a single bar nothing is known
  let most = 0;
  for (const [distance, times] of seen) {
    if (times > most || (times === most && distance < barMs)) {
      most = times;
      barMs = distance;
    }
  }
  return { barMs, share: time.length < 2 ? 1 : most / (time.length - 1) };
}
