import { dayOfDate } from './calendar.ts';
import { makeColumns, type BarColumns } from './columns.ts';

/** A higher time frame: parts of the day by the local clock, days, weeks from Monday on, or months. */
export interface FrameShape {
  readonly unit: 'minute' | 'day' | 'week' | 'month';
  readonly minutes: number; // of `minute`: a divisor of 1440
}

export type LocalTimes = Pick<BarColumns, 'count' | 'localDate' | 'localMinute'>;

/** Number of the frame that a bar lies in; equal for neighbours in the same one. */
function frameKey({ unit, minutes }: FrameShape, date: number, minute: number): number {
  switch (unit) {
    case 'minute':
      return date * 1440 + Math.floor(minute / minutes);
    case 'day':
      return date;
    case 'week': // 1970-01-05 was a Monday
      return Math.floor((dayOfDate(date) + 3) / 7);
    case 'month':
      return Math.floor(date / 100);
  }
}

/** The first bar of every frame that has bars, ascending. */
export function frameStarts({ count, localDate, localMinute }: LocalTimes, frame: FrameShape): Int32Array {
  const starts = new Int32Array(count);
  let found = 0;
  let last = NaN;
  for (let i = 0; i < count; i++) {
    const key = frameKey(frame, localDate[i]!, localMinute[i]!);
    if (key !== last) starts[found++] = i;
    last = key;
  }
  return starts.slice(0, found);
}

/** One bar per frame: first open, highest high, lowest low, last close, summed volume, and the time of its first bar. */
export function frameColumns(columns: BarColumns, starts: Int32Array): BarColumns {
  const out = makeColumns(starts.length);
  for (let k = 0; k < starts.length; k++) {
    const from = starts[k]!;
    const to = starts[k + 1] ?? columns.count;
    let high = columns.high[from]!;
    let low = columns.low[from]!;
    let volume = columns.volume[from]!;
    for (let i = from + 1; i < to; i++) {
      high = Math.max(high, columns.high[i]!);
      low = Math.min(low, columns.low[i]!);
      volume += columns.volume[i]!;
    }
    out.time[k] = columns.time[from]!;
    out.open[k] = columns.open[from]!;
    out.high[k] = high;
    out.low[k] = low;
    out.close[k] = columns.close[to - 1]!;
    out.volume[k] = volume;
    out.localDate[k] = columns.localDate[from]!;
    out.localMinute[k] = columns.localMinute[from]!;
  }
  return out;
}

/**
 * For a warm-up inside a frame: the first bar at which more than `bars` frames are over. A frame is over when the next one
 * begins, so nothing is read before it is known. `count` where the data end before.
 */
export function frameOffsets(times: LocalTimes): (frame: FrameShape, bars: number) => number {
  const known = new Map<string, Int32Array>();
  return (frame, bars) => {
    const key = `${frame.unit} ${frame.minutes}`;
    let starts = known.get(key);
    if (starts === undefined) known.set(key, (starts = frameStarts(times, frame)));
    return starts[bars + 1] ?? times.count;
  };
}
