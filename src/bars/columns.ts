import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { DAY_MS, MINUTE_MS, dateOfDay, parseIsoDate } from './calendar.ts';

/** Bars column by column, ascending by time without repeats; every array has length `count`. */
export interface BarColumns {
  readonly count: number; // ≥ 1
  readonly time: Float64Array; // open time, UTC ms
  readonly open: Float64Array; // price
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array; // ≥ 0; zeros where the source has none
  readonly localDate: Int32Array; // yyyymmdd in the data's zone
  readonly localMinute: Int32Array; // minute of the day in the data's zone, 0 … 1439
}

export function makeColumns(count: number): BarColumns {
  return {
    count,
    time: new Float64Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
    localDate: new Int32Array(count),
    localMinute: new Int32Array(count),
  };
}

/**
 * Fills localDate and localMinute from `time`.
 * @param offsets minutes that the zone's clocks are ahead of UTC, per bar; null: UTC
 */
export function fillLocal(columns: BarColumns, offsets: Int16Array | null = null): void {
  const { count, time, localDate, localMinute } = columns;
  let lastDay = NaN;
  let date = 0;
  for (let i = 0; i < count; i++) {
    const local = offsets === null ? time[i]! : time[i]! + offsets[i]! * MINUTE_MS;
    const day = Math.floor(local / DAY_MS);
    if (day !== lastDay) {
      date = dateOfDay(day);
      lastDay = day;
    }
    localDate[i] = date;
    localMinute[i] = Math.floor((local - day * DAY_MS) / MINUTE_MS);
  }
}

/** The bars [from, to) as columns of their own. */
export function sliceColumns(columns: BarColumns, from: number, to: number): BarColumns {
  return {
    count: to - from,
    time: Float64Array.from(columns.time.subarray(from, to)),
    open: Float64Array.from(columns.open.subarray(from, to)),
    high: Float64Array.from(columns.high.subarray(from, to)),
    low: Float64Array.from(columns.low.subarray(from, to)),
    close: Float64Array.from(columns.close.subarray(from, to)),
    volume: Float64Array.from(columns.volume.subarray(from, to)),
    localDate: Int32Array.from(columns.localDate.subarray(from, to)),
    localMinute: Int32Array.from(columns.localMinute.subarray(from, to)),
  };
}

/** First index whose date is at least `date`; dates ascend. */
function lowerBound(dates: Int32Array, date: number): number {
  let from = 0;
  let to = dates.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (dates[middle]! < date) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Cuts bars to a range of dates in the data's zone.
 * @param from ISO date, inclusive; null: from the first bar
 * @param to ISO date, inclusive; null: to the last bar
 * @returns new columns with at least two bars, or `bad_date`, `range_reversed`, `range_empty`
 */
export function cutRange(columns: BarColumns, from: string | null, to: string | null): Outcome<BarColumns> {
  const first = from === null ? -Infinity : parseIsoDate(from);
  const last = to === null ? Infinity : parseIsoDate(to);
  if (Number.isNaN(first) || Number.isNaN(last)) {
    const bad = Number.isNaN(first) ? 'from' : 'to';
    const text = Number.isNaN(first) ? from : to;
    return failed(
      fault('bad_date', `"${text}" is not a date.`, 'Write it as year-month-day, for example 2020-01-31.', {
        kind: 'key',
        path: `data.${bad}`,
      }),
    );
  }
  if (first > last) {
    return failed(
      fault('range_reversed', `The range starts on ${from} and ends earlier, on ${to}.`, 'Exchange the two dates.', {
        kind: 'key',
        path: 'data.from',
      }),
    );
  }
  const begin = lowerBound(columns.localDate, first);
  const end = lowerBound(columns.localDate, last + 1);
  if (end - begin < 2) {
    const held = `${isoOf(columns.localDate[0]!)} to ${isoOf(columns.localDate[columns.count - 1]!)}`;
    const found = end === begin ? 'no bar' : 'only one bar';
    return failed(
      fault(
        'range_empty',
        `There is ${found} from ${from ?? 'the start'} to ${to ?? 'the end'}.`,
        `The bars run from ${held}.`,
        { kind: 'key', path: 'data.from' },
      ),
    );
  }
  return ok(sliceColumns(columns, begin, end));
}

function isoOf(date: number): string {
  const text = String(date).padStart(8, '0');
  return `${text.slice(0, -4)}-${text.slice(-4, -2)}-${text.slice(-2)}`;
}
