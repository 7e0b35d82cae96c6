/** A part of the day on some weekdays, by the clock of the bars' zone. */
export interface SessionSpan {
  readonly from: number; // minute of the day, included
  readonly to: number; // minute of the day, not included, 1 … 1440; at or below `from` the span goes over midnight
  readonly days: number; // bit k is weekday k, 0 Sunday … 6 Saturday: the day on which the span begins
}

const SPAN = /^(\d{2})(\d{2})-(\d{2})(\d{2})(?::([1-7]+))?$/;
const EVERY_DAY = 0x7f;
export const MOST_SPANS = 8;

/** Reads `0930-1600`, `1800-0500:23456`, `0930-1130,1300-1500`: days count from 1, Sunday. Null for anything else. */
export function parseSession(text: string): readonly SessionSpan[] | null {
  const parts = text.split(',');
  if (parts.length > MOST_SPANS) return null;
  const spans: SessionSpan[] = [];
  for (const part of parts) {
    const match = SPAN.exec(part.trim());
    if (match === null) return null;
    const [h1, m1, h2, m2] = match.slice(1, 5).map(Number) as [number, number, number, number];
    const from = h1 * 60 + m1;
    const to = h2 * 60 + m2;
    if (m1 > 59 || m2 > 59 || from >= 1440 || to > 1440) return null;
    const days =
      match[5] === undefined ? EVERY_DAY : Array.from(match[5]).reduce((all, day) => all | (1 << (Number(day) - 1)), 0);
    spans.push({ from, to: to === 0 ? 1440 : to, days });
  }
  return spans;
}

/**
 * Whether a bar that opens at that time lies in one of the spans.
 * @param minute of the day
 * @param weekday 0 is Sunday
 */
export function inSession(spans: readonly SessionSpan[], minute: number, weekday: number): boolean {
  const yesterday = (weekday + 6) % 7;
  return spans.some(({ from, to, days }) => {
    if (from < to) return minute >= from && minute < to && ((days >> weekday) & 1) === 1;
    return minute >= from ? ((days >> weekday) & 1) === 1 : minute < to && ((days >> yesterday) & 1) === 1;
  });
}
