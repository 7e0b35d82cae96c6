import { formatUtc } from './calendar.ts';
import { fillLocal, makeColumns, type BarColumns } from './columns.ts';
import { addIssue, type IssueList } from './report.ts';
import type { RowStore } from './store.ts';

/** Bars in order, with the line that each one came from. */
export interface Arranged {
  readonly columns: BarColumns;
  readonly lines: Uint32Array;
  readonly conflicts: number; // rows that lost against another row of the same time
}

/** Row indices by ascending time, rows of equal time in the order of the file. */
function orderOf(store: RowStore, repaired: IssueList): Uint32Array {
  const { count, time, line } = store;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let rises = 0;
  let falls = 0;
  for (let i = 1; i < count; i++) {
    if (time[i]! > time[i - 1]!) rises++;
    else if (time[i]! < time[i - 1]!) falls++;
  }
  if (falls === 0) return order;
  order.sort((a, b) => time[a]! - time[b]! || a - b);
  if (rises === 0) {
    addIssue(repaired, 'newest_first', line[0]!, 'The newest row stands first; the order was turned round.');
    return order;
  }
  const descending = falls > rises;
  for (let i = 1; i < count; i++) {
    const wrong = descending ? time[i]! > time[i - 1]! : time[i]! < time[i - 1]!;
    if (wrong)
      addIssue(
        repaired,
        'out_of_order',
        line[i]!,
        `${formatUtc(time[i]!)} stands behind ${formatUtc(time[i - 1]!)}; the rows were sorted.`,
      );
  }
  return order;
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

/** Sorts rows by time and leaves one per time: of equal rows the first, of conflicting ones the last in the file. */
export function arrangeRows(store: RowStore, repaired: IssueList, warnings: IssueList): Arranged {
  const order = orderOf(store, repaired);
  const { time, line } = store;
  const kept = new Uint32Array(order.length);
  let count = 0;
  let conflicts = 0;
  for (const row of order) {
    const last = count > 0 ? kept[count - 1]! : -1;
    if (last < 0 || time[last] !== time[row]) {
      kept[count++] = row;
    } else if (equalRows(store, last, row)) {
      addIssue(
        repaired,
        'duplicate_row',
        line[row]!,
        `${formatUtc(time[row]!)} stands already on line ${line[last]} with the same values; it was left out.`,
      );
    } else {
      conflicts++;
      addIssue(
        warnings,
        'conflicting_rows',
        line[row]!,
        `${formatUtc(time[row]!)} stands on line ${line[last]} with other values; this later row is used.`,
      );
      kept[count - 1] = row;
    }
  }
  const columns = makeColumns(count);
  const lines = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const row = kept[i]!;
    columns.time[i] = time[row]!;
    columns.open[i] = store.open[row]!;
    columns.high[i] = store.high[row]!;
    columns.low[i] = store.low[row]!;
    columns.close[i] = store.close[row]!;
    columns.volume[i] = store.volume[row]!;
    lines[i] = line[row]!;
  }
  fillLocal(columns);
  return { columns, lines, conflicts };
}
