import { formatUtc } from './calendar.ts';
import { fillLocal, type BarColumns } from './columns.ts';
import { countTurns } from './order.ts';
import { addIssue, type FileOrder, type IssueList } from './report.ts';
import { NO_ZONE, type RowStore } from './store.ts';

/** Bars of one market in order, with the line that each one came from. */
export interface Arranged {
  readonly columns: BarColumns;
  readonly lines: Uint32Array;
  readonly adjusted: Float64Array | null;
  readonly conflicts: number; // rows that lost against another row of the same time
  readonly twice: readonly { readonly time: number; readonly line: number }[]; // the first of those rows
}

const MOST_TWICE = 1000;

/** The order in which the rows of the whole file stand. */
export function orderOfFile({ count, time }: RowStore): FileOrder {
  const { rises, falls } = countTurns(count, (i) => time[i]!);
  if (falls === 0) return 'asc';
  return rises === 0 ? 'desc' : 'mixed';
}

/** The rows of one market: all of the store, or those that a list names. */
interface Rows {
  readonly count: number;
  readonly list: Uint32Array | null;
}

function rowAt({ list }: Rows, i: number): number {
  return list === null ? i : list[i]!;
}

/** Row indices of one market by ascending time, rows of equal time in the order of the file; as they are where they stand so already. */
function orderOf(store: RowStore, rows: Rows, repaired: IssueList): Rows {
  const { time, line } = store;
  const { count, list } = rows;
  const turns = countTurns(count, (i) => time[rowAt(rows, i)]!);
  if (turns.falls === 0) return rows;
  const order = list === null ? Uint32Array.from({ length: count }, (_, i) => i) : list.slice();
  if (turns.rises > 0 || turns.falls < count - 1) order.sort((a, b) => time[a]! - time[b]! || a - b);
  else order.reverse();
  if (turns.rises === 0) {
    addIssue(repaired, 'newest_first', line[rowAt(rows, 0)]!, 'The newest row stands first; the order was turned round.');
  } else {
    noteUnsorted(store, rows, turns.falls > turns.rises, repaired);
  }
  return { count, list: order };
}

function noteUnsorted({ time, line }: RowStore, rows: Rows, descending: boolean, repaired: IssueList): void {
  for (let i = 1; i < rows.count; i++) {
    const a = rowAt(rows, i - 1);
    const b = rowAt(rows, i);
    const wrong = descending ? time[b]! > time[a]! : time[b]! < time[a]!;
    if (!wrong) continue;
    const message = `${formatUtc(time[b]!)} stands behind ${formatUtc(time[a]!)}; the rows were sorted.`;
    addIssue(repaired, 'unsorted', line[b]!, message);
  }
}

function equalRows(store: RowStore, a: number, b: number): boolean {
  return (
    store.open[a] === store.open[b] &&
    store.high[a] === store.high[b] &&
    store.low[a] === store.low[b] &&
    store.close[a] === store.close[b] &&
    store.volume[a] === store.volume[b]
  );
}

interface Unique {
  readonly rows: Rows;
  readonly conflicts: number;
  readonly twice: { time: number; line: number }[];
}

/** Leaves one row per time: of equal rows the first, of conflicting ones the last in the file. */
function withoutDuplicates(store: RowStore, rows: Rows, repaired: IssueList, warnings: IssueList): Unique {
  const { time } = store;
  const none: Unique = { rows, conflicts: 0, twice: [] };
  let first = 1;
  while (first < rows.count && time[rowAt(rows, first)] !== time[rowAt(rows, first - 1)]) first++;
  if (first >= rows.count) return none;
  const kept = new Uint32Array(rows.count);
  for (let i = 0; i < first; i++) kept[i] = rowAt(rows, i);
  let count = first;
  let conflicts = 0;
  const twice: Unique['twice'] = [];
  for (let i = first; i < rows.count; i++) {
    const row = rowAt(rows, i);
    const last = kept[count - 1]!;
    if (time[last] !== time[row]) kept[count++] = row;
    else if (equalRows(store, last, row)) noteEqual(store, last, row, repaired);
    else {
      conflicts++;
      if (twice.length < MOST_TWICE) twice.push({ time: time[row]!, line: store.line[row]! });
      noteConflict(store, last, row, warnings);
      kept[count - 1] = row;
    }
  }
  return { rows: { count, list: kept.subarray(0, count) }, conflicts, twice };
}

function noteEqual({ time, line }: RowStore, last: number, row: number, repaired: IssueList): void {
  const message = `${formatUtc(time[row]!)} stands already on line ${line[last]} with the same values; it was left out.`;
  addIssue(repaired, 'duplicate_times', line[row]!, message);
}

function noteConflict({ time, line }: RowStore, last: number, row: number, warnings: IssueList): void {
  const text = formatUtc(time[row]!);
  const message = `${text} stands on line ${line[last]} with other values; this later row is used.`;
  addIssue(warnings, 'conflicting_duplicates', line[row]!, message);
  addIssue(warnings, 'duplicate_times', line[row]!, `${text} stands twice.`);
}

/**
 * Brings the rows of one market into order.
 * @param list indices of its rows in the order of the file; null: all rows
 * @param unique whether a time may stand once only, as of bars; trades of one instant are all kept
 * @returns columns that are parts of the store where nothing had to move
 */
export function arrangeRows(
  store: RowStore,
  list: Uint32Array | null,
  unique: boolean,
  repaired: IssueList,
  warnings: IssueList,
): Arranged {
  const sorted = orderOf(store, { count: list === null ? store.count : list.length, list }, repaired);
  const { rows, conflicts, twice } = unique
    ? withoutDuplicates(store, sorted, repaired, warnings)
    : { rows: sorted, conflicts: 0, twice: [] };
  const { count } = rows;
  const pick = (from: Float64Array): Float64Array => {
    if (rows.list === null) return from.subarray(0, count);
    const to = new Float64Array(count);
    for (let i = 0; i < count; i++) to[i] = from[rows.list[i]!]!;
    return to;
  };
  const lines = rows.list === null ? store.line.subarray(0, count) : rows.list.map((row) => store.line[row]!);
  const columns: BarColumns = {
    count,
    time: pick(store.time),
    open: pick(store.open),
    high: pick(store.high),
    low: pick(store.low),
    close: pick(store.close),
    volume: pick(store.volume),
    localDate: new Int32Array(count),
    localMinute: new Int32Array(count),
  };
  fillLocal(columns, store.zone === null ? null : offsetsOf(store.zone, rows));
  return { columns, lines, adjusted: store.adjusted === null ? null : pick(store.adjusted), conflicts, twice };
}

function offsetsOf(zone: Int16Array, rows: Rows): Int16Array {
  const offsets = new Int16Array(rows.count);
  for (let i = 0; i < rows.count; i++) {
    const offset = zone[rowAt(rows, i)]!;
    offsets[i] = offset === NO_ZONE ? 0 : offset;
  }
  return offsets;
}
