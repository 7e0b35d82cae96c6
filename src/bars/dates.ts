import { fault, type Fault } from '../core/fault.ts';
import { answerTo, type Answers, type Question } from './answers.ts';
import { DAY_MS, checkedDay, formatUtc, weekday } from './calendar.ts';
import { namedDateOrder } from './names.ts';
import { addIssue, type IssueList } from './report.ts';
import { moveRow, type RowStore } from './store.ts';
import { fullYear } from './times.ts';

/** Order of the three numbers of a date. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface DateVerdict {
  readonly fault: Fault | null;
  readonly order: DateOrder | null; // null: no date of the file needs one
  readonly question: Question | null;
}

const NAMES: Readonly<Record<DateOrder, string>> = {
  dmy: 'day, month, year',
  mdy: 'month, day, year',
  ymd: 'year, month, day',
};

/** Day number of a packed date in an order; NaN where there is no such day. */
function dayOf(packed: number, order: DateOrder): number {
  const first = Math.floor(packed / 1_000_000);
  const second = Math.floor(packed / 10_000) % 100;
  const third = packed % 10_000;
  if (order === 'ymd') return third > 99 ? NaN : checkedDay(fullYear(first), second, third);
  const year = fullYear(third);
  return order === 'dmy' ? checkedDay(year, second, first) : checkedDay(year, first, second);
}

/**
 * Settles the dates whose order the cells leave open, once for the whole file: an order falls that makes some date impossible;
 * of the rest the one that keeps the rows in order and their distances even. What is left is a question.
 */
export function decideDates(
  store: RowStore,
  header: string,
  answers: Answers,
  dotted: boolean,
  dayFirst: boolean,
  refused: IssueList,
): DateVerdict {
  if (store.packed === null) return { fault: null, order: null, question: null };
  const told = answerTo(answers, 'date_order');
  const orders = possible(store);
  if (orders.length === 0) return { fault: contradiction(store), order: null, question: null };
  const order = orders.find((one) => one === told);
  if (order !== undefined) return applied(store, order, null, refused);
  if (orders.length === 1) return applied(store, orders[0]!, null, refused);
  const same = orders.every((one) => sameDays(store, one, orders[0]!));
  if (same) return applied(store, orders[0]!, null, refused);
  const shown = orders.map((one) => ({ order: one, about: describe(store, one) }));
  const proven = best(shown) ?? namedDateOrder(header);
  if (proven !== null && orders.includes(proven)) return applied(store, proven, null, refused);
  const likely: readonly DateOrder[] = dotted || dayFirst ? ['dmy', 'mdy', 'ymd'] : ['mdy', 'dmy', 'ymd'];
  const preselected = likely.find((one) => orders.includes(one))!;
  return applied(store, preselected, ask(store, orders, preselected), refused);
}

/** Orders in which every date exists. A spoilt row or two do not count against an order that no other one saves. */
function possible(store: RowStore): DateOrder[] {
  const bad: Record<DateOrder, number> = { dmy: 0, mdy: 0, ymd: 0 };
  let dates = 0;
  let nowhere = 0; // dates that exist in no order
  for (let i = 0; i < store.count; i++) {
    const packed = store.packed![i]!;
    if (packed === 0) continue;
    dates++;
    const dmy = Number.isNaN(dayOf(packed, 'dmy'));
    const mdy = Number.isNaN(dayOf(packed, 'mdy'));
    const ymd = Number.isNaN(dayOf(packed, 'ymd'));
    if (dmy && mdy && ymd) {
      nowhere++;
      continue;
    }
    if (dmy) bad.dmy++;
    if (mdy) bad.mdy++;
    if (ymd) bad.ymd++;
  }
  if (dates === nowhere) return [];
  return (['dmy', 'mdy', 'ymd'] as const).filter((order) => bad[order] === 0);
}

function sameDays(store: RowStore, a: DateOrder, b: DateOrder): boolean {
  for (let i = 0; i < store.count; i++) {
    const packed = store.packed![i]!;
    if (packed !== 0 && differ(packed, a, b)) return false;
  }
  return true;
}

/** Dates that exist in neither order decide nothing. */
function differ(packed: number, a: DateOrder, b: DateOrder): boolean {
  const [one, other] = [dayOf(packed, a), dayOf(packed, b)];
  return one !== other && !(Number.isNaN(one) && Number.isNaN(other));
}

interface Described {
  readonly turns: number; // neighbours against the commoner direction
  readonly weekends: number; // share of days on Saturday or Sunday
  readonly days: number; // different days
  readonly usual: number; // median distance of neighbouring days
  readonly rowsPerDay: number;
  readonly largest: number; // largest distance of neighbouring days
}

function describe(store: RowStore, order: DateOrder): Described {
  const seen = new Set<number>();
  let rises = 0;
  let falls = 0;
  let last = NaN;
  let symbol = -1;
  for (let i = 0; i < store.count; i++) {
    const packed = store.packed![i]!;
    if (packed === 0) continue;
    const day = dayOf(packed, order);
    if (Number.isNaN(day)) continue;
    seen.add(day);
    const time = day * DAY_MS + store.time[i]!;
    const own = store.symbol?.[i] ?? 0;
    if (own === symbol) {
      if (time > last) rises++;
      else if (time < last) falls++;
    }
    last = time;
    symbol = own;
  }
  const days = [...seen].sort((a, b) => a - b);
  const gaps = days
    .slice(1)
    .map((day, i) => day - days[i]!)
    .sort((a, b) => a - b);
  const weekends = days.filter((day) => weekday(day) === 0 || weekday(day) === 6).length;
  return {
    turns: Math.min(rises, falls),
    weekends: weekends / days.length,
    days: days.length,
    usual: gaps[gaps.length >> 1] ?? 0,
    rowsPerDay: store.count / days.length,
    largest: gaps[gaps.length - 1] ?? 0,
  };
}

/** The order that the rows themselves show; null where several fit. */
function best(described: readonly { order: DateOrder; about: Described }[]): DateOrder | null {
  const least = Math.min(...described.map(({ about }) => about.turns));
  const steady = described.filter(({ about }) => about.turns <= least);
  const others = described.filter(({ about }) => about.turns > least);
  if (steady.length === 1 && others.every(({ about }) => about.turns >= 2 + 3 * least)) return steady[0]!.order;
  const even = steady.filter(({ about, order }) =>
    steady.every((other) => other.order === order || isEvener(about, other.about)),
  );
  return even.length === 1 ? even[0]!.order : null;
}

/** Whether one reading has bars on days that follow each other where the other one jumps from month to month. */
function isEvener(a: Described, b: Described): boolean {
  if (a.days < 4) return false;
  const dense = a.usual <= 3 && b.usual >= 20;
  if (!dense) return false;
  // Many rows a day, or five days a week without a weekend where the other reading has some: no monthly series is like that.
  return a.rowsPerDay >= 2 || (a.weekends === 0 && b.weekends > 0 && a.days >= 5);
}

function contradiction(store: RowStore): Fault {
  const { packed, line } = store;
  let dayFirst = 0;
  let monthFirst = 0;
  for (let i = 0; i < store.count; i++) {
    if (packed![i] === 0) continue;
    if (Number.isNaN(dayOf(packed![i]!, 'mdy')) && !Number.isNaN(dayOf(packed![i]!, 'dmy'))) dayFirst ||= line[i]!;
    if (Number.isNaN(dayOf(packed![i]!, 'dmy')) && !Number.isNaN(dayOf(packed![i]!, 'mdy'))) monthFirst ||= line[i]!;
  }
  const advice = 'Write all dates the same way, best as year-month-day.';
  if (dayFirst === 0 && monthFirst === 0) {
    return fault('no_rows', 'No row has a date that exists.', advice, { kind: 'file', line: line[0]! });
  }
  const place = { kind: 'file', line: Math.max(dayFirst, monthFirst) } as const;
  return fault('time_mixed', `Line ${dayFirst} has its day first and line ${monthFirst} its month.`, advice, place);
}

function ask(store: RowStore, orders: readonly DateOrder[], preselected: DateOrder): Question {
  let row = 0;
  for (let i = store.count - 1; i >= 0; i--) {
    const packed = store.packed![i]!;
    if (packed !== 0 && orders.some((one) => differ(packed, one, orders[0]!))) row = i;
  }
  const packed = store.packed![row]!;
  const text = [Math.floor(packed / 1_000_000), Math.floor(packed / 10_000) % 100, packed % 10_000]
    .map((part) => String(part).padStart(2, '0'))
    .join('/');
  return {
    key: 'date_order',
    text: `Dates like ${text} can be read in ${orders.length === 2 ? 'two' : 'three'} ways, and no row of the file decides it.`,
    readings: orders.map((order) => ({
      value: order,
      text: `${NAMES[order]}: ${text} is ${formatUtc(dayOf(packed, order) * DAY_MS)}`,
    })),
    preselected,
    line: store.line[row]!,
  };
}

function applied(store: RowStore, order: DateOrder, question: Question | null, refused: IssueList): DateVerdict {
  let kept = 0;
  for (let i = 0; i < store.count; i++) {
    const packed = store.packed![i]!;
    const day = packed === 0 ? 0 : dayOf(packed, order);
    if (Number.isNaN(day)) {
      addIssue(refused, 'time_unreadable', store.line[i]!, 'There is no such day.');
      continue;
    }
    moveRow(store, i, kept);
    store.time[kept]! += day * DAY_MS;
    store.packed![kept++] = 0;
  }
  store.count = kept;
  return { fault: null, order, question };
}
