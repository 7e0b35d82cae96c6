import type { NamedRole } from './names.ts';
import { rolesOfName } from './names.ts';
import { bestOf } from './order.ts';
import type { Profile } from './profile.ts';

/** Columns of the four prices. */
export interface PriceColumns {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export interface PriceChoice extends PriceColumns {
  readonly share: number; // of the rows looked at that satisfy low ≤ open, close ≤ high; 0 … 1
  readonly sure: boolean; // whether open and close cannot be exchanged
}

/** Share of rows where the high is the highest and the low the lowest of four prices: bars of any market are above it. */
const ENOUGH = 0.995;
const WIDEST = 0.35; // median of (high − low) ÷ low; wider are different things, not one bar
const CLEAR = 0.9; // one sum below this share of the other decides which price is the open

export function consistentShare({ open, high, low, close }: PriceColumns, profiles: readonly Profile[]): number {
  const o = profiles[open]!.values;
  const h = profiles[high]!.values;
  const l = profiles[low]!.values;
  const c = profiles[close]!.values;
  let rows = 0;
  let good = 0;
  for (let i = 0; i < o.length; i++) {
    if (Number.isNaN(o[i]! + h[i]! + l[i]! + c[i]!)) continue;
    rows++;
    if (h[i]! >= o[i]! && h[i]! >= c[i]! && l[i]! <= o[i]! && l[i]! <= c[i]!) good++;
  }
  return rows === 0 ? 0 : good / rows;
}

/** Mean distance of one column from another one a row earlier in time. */
function stepFrom(later: Float64Array, earlier: Float64Array, descending: boolean): number {
  let sum = 0;
  let count = 0;
  for (let i = 1; i < later.length; i++) {
    const step = descending ? later[i - 1]! - earlier[i]! : later[i]! - earlier[i - 1]!;
    if (Number.isNaN(step)) continue;
    sum += Math.abs(step);
    count++;
  }
  return count === 0 ? NaN : sum / count;
}

function medianRange(high: Float64Array, low: Float64Array): number {
  const ranges: number[] = [];
  for (let i = 0; i < high.length; i++) {
    const range = (high[i]! - low[i]!) / Math.abs(low[i]!);
    if (!Number.isNaN(range)) ranges.push(range);
  }
  ranges.sort((a, b) => a - b);
  return ranges[ranges.length >> 1] ?? Infinity;
}

/**
 * Finds the roles of four columns by their numbers alone: one is the highest and one the lowest on (nearly) every row, and of
 * the other two the open is nearer to the close of the row before than the other way round.
 * @param columns four columns, as they stand in the file
 * @param descending whether the newest row stands first
 * @returns null where they are no prices of one bar
 */
export function pricesByContent(
  columns: readonly number[],
  profiles: readonly Profile[],
  descending: boolean,
): PriceChoice | null {
  const natural = { open: columns[0]!, high: columns[1]!, low: columns[2]!, close: columns[3]! };
  const naturalShare = consistentShare(natural, profiles);
  if (naturalShare >= ENOUGH && medianRange(profiles[natural.high]!.values, profiles[natural.low]!.values) < WIDEST) {
    if (continuous(natural, profiles, descending)) return { ...natural, share: naturalShare, sure: true };
  }
  const choices = columns
    .flatMap((high) => columns.map((low) => ({ high, low })))
    .filter(({ high, low }) => high !== low)
    .map(({ high, low }) => withHighAndLow(columns, high, low, profiles, descending))
    .filter((choice) => choice !== null);
  return bestOf(choices, ({ share }) => share) ?? null;
}

function withHighAndLow(
  columns: readonly number[],
  high: number,
  low: number,
  profiles: readonly Profile[],
  descending: boolean,
): PriceChoice | null {
  const [first, second] = columns.filter((column) => column !== high && column !== low) as [number, number];
  const share = consistentShare({ open: first, high, low, close: second }, profiles);
  if (share < ENOUGH || medianRange(profiles[high]!.values, profiles[low]!.values) >= WIDEST) return null;
  const forward = stepFrom(profiles[first]!.values, profiles[second]!.values, descending);
  const backward = stepFrom(profiles[second]!.values, profiles[first]!.values, descending);
  const swapped = backward < forward * CLEAR;
  const choice = { open: swapped ? second : first, high, low, close: swapped ? first : second };
  if (!continuous(choice, profiles, descending)) return null;
  return { ...choice, share, sure: swapped || forward < backward * CLEAR };
}

/** Bars follow each other: the open is near the last close, nearer than neighbouring bars are. Short samples pass. */
function continuous({ open, high, low, close }: PriceColumns, profiles: readonly Profile[], descending: boolean): boolean {
  const o = profiles[open]!.values;
  if (o.length < 20) return true;
  const c = profiles[close]!.values;
  const gap = stepFrom(o, c, descending);
  const range = stepFrom(profiles[high]!.values, profiles[low]!.values, descending);
  return !(gap > 1.05 * Math.max(range, stepFrom(c, c, descending)));
}

const MOST_PER_ROLE = 4;

/** Columns that a name allows for a role, the best known name first. */
function candidates(names: readonly string[], role: NamedRole, usable: (column: number) => boolean): number[] {
  const found: { column: number; rank: number }[] = [];
  names.forEach((name, column) => {
    const entry = rolesOfName(name).find((one) => one.role === role);
    if (entry !== undefined && usable(column)) found.push({ column, rank: entry.rank });
  });
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_PER_ROLE)
    .map(({ column }) => column);
}

/**
 * The four prices that the names allow; where they allow several, those whose numbers agree best.
 * @returns null where a name is missing
 */
export function pricesByName(
  names: readonly string[],
  profiles: readonly Profile[],
  usable: (column: number) => boolean,
): PriceChoice | null {
  const opens = candidates(names, 'open', usable);
  const highs = candidates(names, 'high', usable);
  const lows = candidates(names, 'low', usable);
  const closes = candidates(names, 'close', usable);
  let best: PriceChoice | null = null;
  for (const open of opens) {
    for (const high of highs) {
      for (const low of lows) {
        for (const close of closes) {
          if (new Set([open, high, low, close]).size < 4) continue;
          const share = consistentShare({ open, high, low, close }, profiles);
          if (best === null || share > best.share + 0.02) best = { open, high, low, close, share, sure: true };
        }
      }
    }
  }
  return best;
}

/** Four neighbours that can be the prices of a bar; the first such group from the left. */
export function findPrices(columns: readonly number[], profiles: readonly Profile[], descending: boolean): PriceChoice | null {
  for (let from = 0; from + 4 <= columns.length; from++) {
    const found = pricesByContent(columns.slice(from, from + 4), profiles, descending);
    if (found !== null) return found;
  }
  return null;
}

/** Whether a column lies between low and high: an average or another close, no volume. */
export function isWithinBars(column: number, { high, low }: PriceColumns, profiles: readonly Profile[]): boolean {
  const values = profiles[column]!.values;
  const h = profiles[high]!.values;
  const l = profiles[low]!.values;
  let rows = 0;
  let within = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]! + h[i]! + l[i]!)) continue;
    rows++;
    if (values[i]! >= l[i]! * 0.98 && values[i]! <= h[i]! * 1.02) within++;
  }
  return rows > 0 && within > rows * 0.95;
}
