import { fault, type Fault } from '../core/fault.ts';
import { addIssue, type IssueList } from './report.ts';
import { headerProvesDayFirst } from './roles.ts';
import type { RowStore } from './store.ts';
import { decideTime } from './times.ts';

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * Turns the dates whose day and month were left undecided into times, once for the whole file: an order counts as proven
 * where some first (or second) number is above 12. Rows without such a day are taken out of the store.
 * @param header of the time column, '' where there is none
 * @returns the fault where nothing, or too much, is proven
 */
export function decideDates(store: RowStore, header: string, refused: IssueList): Fault | null {
  const { dayFirst, monthFirst, undecided, differing } = proofsOf(store);
  if (!undecided) return null;
  if (dayFirst > 0 && monthFirst > 0) {
    const message = `Line ${dayFirst} has its day first and line ${monthFirst} its month.`;
    const place = { kind: 'file', line: Math.max(dayFirst, monthFirst) } as const;
    return fault('time_mixed', message, 'Write all dates the same way, best as year-month-day.', place);
  }
  const proven = dayFirst > 0 || monthFirst > 0 || headerProvesDayFirst(header);
  if (!proven && differing >= 0) return ambiguous(store, differing);
  applyOrder(store, monthFirst === 0, refused);
  return store.count === 0 ? fault('no_rows', 'No row has a date that exists.', 'Check the dates.') : null;
}

interface Proofs {
  dayFirst: number; // line of a date that can only have its day first; 0: none
  monthFirst: number;
  undecided: boolean; // whether any date needs the order
  differing: number; // first row whose two readings differ; −1: none
}

function proofsOf({ count, undecided, line }: RowStore): Proofs {
  const proofs: Proofs = { dayFirst: 0, monthFirst: 0, undecided: false, differing: -1 };
  for (let i = 0; i < count; i++) {
    if (undecided[i] === 0) continue;
    proofs.undecided = true;
    const first = Math.floor(undecided[i]! / 100) % 100;
    const second = undecided[i]! % 100;
    if (first === second) continue;
    if (proofs.differing < 0) proofs.differing = i;
    if (first > 12 && second <= 12) proofs.dayFirst ||= line[i]!;
    if (second > 12 && first <= 12) proofs.monthFirst ||= line[i]!;
  }
  return proofs;
}

function ambiguous(store: RowStore, row: number): Fault {
  const packed = store.undecided[row]!;
  const year = Math.floor(packed / 10000);
  const first = Math.floor(packed / 100) % 100;
  const second = packed % 100;
  const text = `${String(first).padStart(2, '0')}/${String(second).padStart(2, '0')}/${year}`;
  const readings = `${first} ${MONTH_NAMES[second - 1] ?? second} or ${second} ${MONTH_NAMES[first - 1] ?? first} ${year}`;
  return fault(
    'time_ambiguous',
    `The date ${text} can be ${readings}, and no other date of the file decides it.`,
    'Write dates as year-month-day, or load a longer range with a day after the 12th.',
    { kind: 'file', line: store.line[row]! },
  );
}

function applyOrder(store: RowStore, dayFirst: boolean, refused: IssueList): void {
  let kept = 0;
  for (let i = 0; i < store.count; i++) {
    const packed = store.undecided[i]!;
    let time = store.time[i]!;
    if (packed !== 0) time += decideTime(Math.floor(packed / 10000), Math.floor(packed / 100) % 100, packed % 100, dayFirst);
    if (Number.isNaN(time)) {
      addIssue(refused, 'time_unreadable', store.line[i]!, 'There is no such day.');
      continue;
    }
    store.time[kept] = time;
    store.open[kept] = store.open[i]!;
    store.high[kept] = store.high[i]!;
    store.low[kept] = store.low[i]!;
    store.close[kept] = store.close[i]!;
    store.volume[kept] = store.volume[i]!;
    store.line[kept] = store.line[i]!;
    kept++;
  }
  store.count = kept;
}
