import { dayOfDate, weekday } from '../bars/calendar.ts';
import type { BarColumns } from '../bars/columns.ts';
import { uniform } from '../core/random.ts';
import { inSession, type SessionSpan } from '../strategy/session.ts';
import { wordCount } from './bit-ops.ts';

/** Keeps the numbers of `random` apart from those that other parts of the program draw with the same seed. */
const RANDOM_STREAM = 0x726e64;

/** What `random(seed)` is at a bar: uniform in [0, 1), the same for a bar's time whatever stands before it. */
export function randomAt(seed: number, time: number): number {
  return Number.isSafeInteger(seed) && seed >= 0 ? uniform(seed, time, RANDOM_STREAM) : NaN;
}

export function randomSeries(seed: number, time: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = randomAt(seed, time[i]!);
}

/** Whether each bar opens in the session. */
export function sessionAt({ localDate, localMinute }: BarColumns, spans: readonly SessionSpan[], bar: number): boolean {
  return inSession(spans, localMinute[bar]!, weekday(dayOfDate(localDate[bar]!)));
}

export function sessionBits(columns: BarColumns, spans: readonly SessionSpan[], bits: Uint32Array, out: number): void {
  const { count } = columns;
  bits.fill(0, out, out + wordCount(count));
  for (let i = 0; i < count; i++) bits[out + (i >>> 5)]! |= Number(sessionAt(columns, spans, i)) << (i & 31);
}

/** when ? then : otherwise, bar by bar. */
export function selectSeries(
  bits: Uint32Array,
  when: number,
  then: Float64Array,
  otherwise: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = ((bits[when + (i >>> 5)]! >>> (i & 31)) & 1) === 1 ? then[i]! : otherwise[i]!;
}
