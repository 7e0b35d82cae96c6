import type { Layout } from './layout.ts';
import { barSpacing } from './measure.ts';
import { arrangeRows, type Arranged } from './arrange.ts';
import { makeIssues, type IssueList } from './report.ts';
import type { RowStore } from './store.ts';

/** The rows of one market, arranged. */
export interface Series extends Arranged {
  readonly symbol: string;
  readonly ticks: boolean; // single trades or quotes; times may repeat
}

/**
 * Rows by market. Where no time has two markets the symbol only changes with time, as the contract of a future does, and all rows
 * are one series.
 * @returns indices by market, in the order of the file; one entry with null: all rows are one market
 */
export function splitSymbols(store: RowStore, symbols: readonly string[]): (Uint32Array | null)[] {
  if (store.symbol === null || symbols.length < 2) return [null];
  const counts = new Uint32Array(symbols.length);
  for (let i = 0; i < store.count; i++) counts[store.symbol[i]!]!++;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(symbols.length);
  for (let i = 0; i < store.count; i++) {
    const symbol = store.symbol[i]!;
    rows[symbol]![filled[symbol]!++] = i;
  }
  return rows;
}

/** Whether different markets never stand at the same time, and each has its own stretch of time. */
export function isRolled(store: RowStore, symbols: readonly string[]): boolean {
  if (store.symbol === null || symbols.length < 2) return false;
  const from = new Float64Array(symbols.length).fill(Infinity);
  const to = new Float64Array(symbols.length).fill(-Infinity);
  for (let i = 0; i < store.count; i++) {
    const symbol = store.symbol[i]!;
    if (store.time[i]! < from[symbol]!) from[symbol] = store.time[i]!;
    if (store.time[i]! > to[symbol]!) to[symbol] = store.time[i]!;
  }
  const spans = Array.from(from, (start, i) => [start, to[i]!] as const).sort((a, b) => a[0] - b[0]);
  return spans.every(([start], i) => i === 0 || start > spans[i - 1]![1]);
}

/** Arranges the rows of one market as bars, or as single trades where their times say so. */
export function makeSeries(
  store: RowStore,
  rows: Uint32Array | null,
  layout: Layout,
  symbol: string,
  repaired: IssueList,
  warnings: IssueList,
): Series {
  if (mayBeTicks(store, rows, layout)) {
    const silent = makeIssues();
    const loose = arrangeRows(store, rows, false, silent, silent);
    if (layout.shape === 'quotes' || isTicks(loose.columns.time)) {
      return { ...arrangeRows(store, rows, false, repaired, warnings), symbol, ticks: true };
    }
  }
  return { ...arrangeRows(store, rows, true, repaired, warnings), symbol, ticks: false };
}

/** One price a row, or four that are the same on nearly every row. */
function mayBeTicks(store: RowStore, rows: Uint32Array | null, layout: Layout): boolean {
  if (layout.shape !== 'bars') return true;
  const count = rows === null ? store.count : rows.length;
  let flat = 0;
  for (let i = 0; i < count; i++) {
    const row = rows === null ? i : rows[i]!;
    if (store.high[row] === store.low[row]) flat++;
  }
  return flat > 0.95 * count;
}

const DAY = 86_400_000;

/** Instants without an even distance, within days. */
function isTicks(time: Float64Array): boolean {
  if (time.length < 3) return false;
  let twice = 0;
  for (let i = 1; i < time.length; i++) if (time[i] === time[i - 1]) twice++;
  const { barMs, share } = barSpacing(time);
  if (twice > time.length / 10 && time.some((at) => at % DAY !== 0)) return true;
  return share < 1 / 3 && barMs < DAY / 2;
}
