import { METRICS } from '../../metrics/columns.ts';
import { notesOf } from '../../metrics/notes.ts';
import type { Rows } from '../../metrics/rows.ts';
import type { Direction } from '../../results/direction.ts';
import type { Sorting } from '../../results/questions.ts';
import { axisLabel, type Axis } from '../../space/axis.ts';
import { metricUnit } from '../format.ts';

/** By which column the table is ordered. */
export type TableSort = Sorting;

/** One column of the ranked table. */
export type TableColumn =
  | { readonly kind: 'rank' | 'state'; readonly key: string; readonly name: string; readonly width: number }
  | { readonly kind: 'robust'; readonly key: string; readonly name: string; readonly width: number; readonly title: string }
  | {
      readonly kind: 'axis';
      readonly key: string;
      readonly name: string;
      readonly width: number;
      readonly axis: number;
      readonly left: boolean;
    }
  | {
      readonly kind: 'metric';
      readonly key: string;
      readonly name: string;
      readonly width: number;
      readonly column: number;
      readonly unit: string;
      readonly title: string;
      readonly bar: boolean;
    };

const CHAR = 6.9; // CSS px, a digit of the small size
const HEAD = 6.1; // the same of the micro size, in which heads are set
const PAD = 14; // CSS px between columns
const SPARK = 48; // CSS px, the histogram in a head
export const BAR = 40; // CSS px, the objective's bar and the gap after it

/** Rank, objective, axes, the other metrics, state. Widths do not depend on the rows, so that filling never moves a column. */
export function tableColumns(
  rows: Rows,
  axes: readonly Axis[],
  objective: number,
  { robust = false, hidden = NONE }: { robust?: boolean; hidden?: ReadonlySet<string> } = {},
): TableColumn[] {
  const metric = (column: number, bar: boolean): TableColumn => {
    const { key, name, unit } = METRICS[rows.metrics[column]!]!;
    const { formula } = notesOf({ key });
    const shown = metricUnit(key);
    const digits = unit === 'money' ? 10 : unit === 'count' ? 5 : 7;
    const head = (name.length + (shown === '' ? 0 : 2)) * HEAD + 12;
    const width = Math.max(digits * CHAR + (bar ? BAR : 0), head, SPARK) + PAD;
    return { kind: 'metric', key: `metric ${key}`, name, width, column, unit: shown, title: formula, bar };
  };
  const axisColumn = (axis: Axis, a: number): TableColumn => {
    const longest =
      axis.kind === 'choice' ? Math.max(...axis.names.map((name) => name.length)) : axisLabel(axis, axis.size - 1).length + 1;
    const left = axis.kind === 'choice' || axis.kind === 'flag';
    const width = Math.max(longest * CHAR, axis.name.length * HEAD + 12, 28) + PAD + (left ? 8 : 0);
    return { kind: 'axis', key: `axis ${axis.name}`, name: axis.name, width, axis: a, left };
  };
  const around: TableColumn = {
    kind: 'robust',
    key: 'robust',
    name: 'Around it',
    width: 7 * CHAR + 28 + PAD,
    title: 'Median over the trials a step away on every axis',
  };
  const all: TableColumn[] = [
    { kind: 'rank', key: 'rank', name: '#', width: (String(rows.rowCount).length + 1) * CHAR + PAD },
    ...(robust ? [around] : []),
    metric(objective, true),
    ...axes.map(axisColumn),
    ...rows.metrics.flatMap((_, column) => (column === objective ? [] : [metric(column, false)])),
    { kind: 'state', key: 'state', name: 'State', width: 12 * CHAR + PAD + 16 },
  ];
  return all.filter(({ key }) => !hidden.has(key));
}

const NONE: ReadonlySet<string> = new Set();

/** Names and ranks stand left, numbers right. */
export function isLeft(column: TableColumn): boolean {
  return column.kind === 'rank' || column.kind === 'state' || (column.kind === 'axis' && column.left);
}

/** The sort after a press on a column's head: its better end first, then the other; null where the column cannot be sorted. */
export function nextSort(now: TableSort, pressed: TableColumn, better: Direction): TableSort | null {
  const turn = (direction: Direction): Direction => (direction === 'max' ? 'min' : 'max');
  if (pressed.kind === 'metric') {
    const same = now.kind === 'metric' && now.column === pressed.column;
    return { kind: 'metric', column: pressed.column, direction: same ? turn(now.direction) : better };
  }
  if (pressed.kind === 'axis') {
    const same = now.kind === 'axis' && now.axis === pressed.axis;
    return { kind: 'axis', axis: pressed.axis, direction: same ? turn(now.direction) : 'min' };
  }
  return null;
}

/** Elements much higher than this collapse in some browsers. */
const TALLEST = 15_000_000;

/** Scrolling over rows whose full height may be more than an element can have. CSS px. */
export interface ScrollSpan {
  readonly element: number; // height to give the scrolled element
  readonly content: number; // height of all rows
}

export function scrollSpan(rowCount: number, rowHeight: number): ScrollSpan {
  const content = rowCount * rowHeight;
  return { element: Math.min(content, TALLEST), content };
}

/**
 * The true offset after a scroll event. Up to the limit it is the element's; beyond, small movements count one to one, a drag of
 * the thumb is scaled, and the ends meet.
 *
 * @param offset true offset before
 * @param from the element's scrollTop before
 * @param to the element's scrollTop now
 */
export function scrolledOffset(span: ScrollSpan, viewport: number, offset: number, from: number, to: number): number {
  const largest = Math.max(0, span.content - viewport);
  if (span.element === span.content) return Math.max(0, Math.min(largest, to));
  const end = span.element - viewport;
  if (to <= 0) return 0;
  if (to >= end - 1) return largest;
  const near = Math.abs(to - from) <= 2 * viewport;
  return Math.max(0, Math.min(largest, near ? offset + to - from : (to / end) * largest));
}
