/** A higher time frame of `tf("4h", …)`. */
export interface Frame {
  readonly name: string; // as `parseFrame` reads it
  readonly unit: 'minute' | 'day' | 'week' | 'month';
  readonly minutes: number; // of `minute`: a divisor of 1440, else 0
}

const CLOCK = /^([1-9]\d{0,3})([mh])$/;
const CALENDAR: ReadonlyMap<string, Frame['unit']> = new Map([
  ['1D', 'day'],
  ['1W', 'week'],
  ['1M', 'month'],
]);

/** Reads `15m`, `4h`, `1D`, `1W`, `1M`. Parts of a day divide it without a rest. Null for anything else. */
export function parseFrame(text: string): Frame | null {
  const unit = CALENDAR.get(text);
  if (unit !== undefined) return { name: text, unit, minutes: 0 };
  const [, count, letter] = CLOCK.exec(text) ?? [];
  if (count === undefined) return null;
  const minutes = Number(count) * (letter === 'h' ? 60 : 1);
  return minutes < 1440 && 1440 % minutes === 0 ? { name: text, unit: 'minute', minutes } : null;
}
