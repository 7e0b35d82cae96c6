import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, checkedDay, weekday } from './calendar.ts';
import type { BarColumns } from './columns.ts';

/** Sizes of larger bars, smallest first: the answer, ms, words. A month has no length of its own. */
const SIZES: readonly (readonly [string, number, string])[] = [
  ['1s', 1000, '1 second'],
  ['1m', MINUTE_MS, '1 minute'],
  ['2m', 2 * MINUTE_MS, '2 minutes'],
  ['3m', 3 * MINUTE_MS, '3 minutes'],
  ['5m', 5 * MINUTE_MS, '5 minutes'],
  ['10m', 10 * MINUTE_MS, '10 minutes'],
  ['15m', 15 * MINUTE_MS, '15 minutes'],
  ['30m', 30 * MINUTE_MS, '30 minutes'],
  ['1h', HOUR_MS, '1 hour'],
  ['2h', 2 * HOUR_MS, '2 hours'],
  ['4h', 4 * HOUR_MS, '4 hours'],
  ['6h', 6 * HOUR_MS, '6 hours'],
  ['8h', 8 * HOUR_MS, '8 hours'],
  ['12h', 12 * HOUR_MS, '12 hours'],
  ['1d', DAY_MS, '1 day'],
  ['1w', 7 * DAY_MS, '1 week'],
  ['1M', 30 * DAY_MS, '1 month'],
];

/** Sizes larger than the bars at hand. */
export function barSizes(barMs: number): string[] {
  return SIZES.filter(([, ms]) => ms > barMs * 1.5 && (barMs > 0 || ms >= 1000)).map(([size]) => size);
}

export function barSizeInWords(size: string): string {
  return SIZES.find(([name]) => name === size)?.[2] ?? size;
}

/** The smallest size that gives single trades bars of some trades each. */
export function sizeForTicks({ count, time }: Pick<BarColumns, 'count' | 'time'>): string {
  const span = count < 2 ? 0 : time[count - 1]! - time[0]!;
  const fitting = SIZES.filter(([, ms]) => ms <= span / 5);
  const wanted = fitting.find(([, ms]) => ms >= (span / count) * 4) ?? fitting.at(-1) ?? SIZES[0]!;
  return wanted[0];
}

/**
 * Joins bars or single trades into larger bars: the first open, highest high, lowest low, last close, summed volume.
 * Within a day, bars begin at the session's start and then at every multiple of the size; days, weeks from Monday and months are
 * those of the data's zone. A bar's time is that of the first row in it, moved down to the bar's start where that lies in the same day.
 * @param session minute of the day, in the data's zone, at which bars within a day begin to be counted; 0 … 1439
 */
export function resample(columns: BarColumns, size: string, session: number): Outcome<BarColumns> {
  const found = SIZES.find(([name]) => name === size);
  if (found === undefined) {
    return failed(
      fault('bad_bar_size', `"${size}" is no size of bars.`, `Write one of ${SIZES.map(([name]) => name).join(', ')}.`),
    );
  }
  const { count, time, open, high, low, close, volume, localDate, localMinute } = columns;
  const starts = new Float64Array(count);
  const firsts = new Uint32Array(count);
  let bars = 0;
  let key = NaN;
  for (let i = 0; i < count; i++) {
    const own = bucketOf(found[0], found[1], session, time[i]!, localDate[i]!, localMinute[i]!);
    if (own.key === key) continue;
    key = own.key;
    firsts[bars] = i;
    starts[bars++] = own.start;
  }
  const made: BarColumns = {
    count: bars,
    time: new Float64Array(bars),
    open: new Float64Array(bars),
    high: new Float64Array(bars),
    low: new Float64Array(bars),
    close: new Float64Array(bars),
    volume: new Float64Array(bars),
    localDate: new Int32Array(bars),
    localMinute: new Int32Array(bars),
  };
  for (let bar = 0; bar < bars; bar++) {
    const from = firsts[bar]!;
    const to = bar + 1 < bars ? firsts[bar + 1]! : count;
    let top = high[from]!;
    let bottom = low[from]!;
    let sum = 0;
    for (let i = from; i < to; i++) {
      if (high[i]! > top) top = high[i]!;
      if (low[i]! < bottom) bottom = low[i]!;
      sum += volume[i]!;
    }
    made.time[bar] = starts[bar]!;
    made.open[bar] = open[from]!;
    made.high[bar] = top;
    made.low[bar] = bottom;
    made.close[bar] = close[to - 1]!;
    made.volume[bar] = sum;
    made.localDate[bar] = localDate[from]!;
    made.localMinute[bar] = Math.max(0, localMinute[from]! - Math.round((time[from]! - starts[bar]!) / MINUTE_MS));
  }
  return ok(made);
}

/** Which bar a row belongs to, and when that bar begins, UTC ms. */
function bucketOf(
  size: string,
  ms: number,
  session: number,
  time: number,
  date: number,
  minute: number,
): { key: number; start: number } {
  const day = checkedDay(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
  const within = minute * MINUTE_MS + (((time % MINUTE_MS) + MINUTE_MS) % MINUTE_MS); // since local midnight
  const midnight = time - within;
  if (size === '1M') return { key: Math.floor(date / 100), start: midnight };
  if (size === '1w') return { key: day - ((weekday(day) + 6) % 7), start: midnight };
  if (size === '1d') return { key: day, start: midnight };
  const offset = session * MINUTE_MS;
  const step = Math.floor((within - offset) / ms);
  const start = Math.max(offset + step * ms, 0);
  return { key: day * 100_000 + step, start: midnight + start };
}
