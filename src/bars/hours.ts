import { answerTo, type Answers } from './answers.ts';
import { DAY_MS, MINUTE_MS, weekday } from './calendar.ts';
import type { BarColumns } from './columns.ts';

/** The minutes of a day, in steps of one bar, in which a market usually has bars. */
export interface Calendar {
  readonly everyDay: boolean; // never closed for a weekend
  readonly days: number; // that have bars
  readonly slots: Uint8Array; // 1 where most days have a bar
  readonly slotMinutes: number;
}

/** When a market usually has bars within a day, minutes of the day in the data's zone. */
export interface Session {
  readonly from: number; // 0 … 1439
  readonly to: number; // end of the last bar, 1 … 1440
}

const ROUND_THE_CLOCK = 0.9; // of the day
const LEAST_DAYS = 3;

export function calendarOf({ count, localDate, localMinute, time }: BarColumns, barMs: number): Calendar {
  const slotMinutes = Math.max(1, Math.round(barMs / MINUTE_MS));
  const seen = new Float64Array(Math.ceil(1440 / slotMinutes) + 1);
  const perWeekday = new Float64Array(7);
  let days = 0;
  let lastDate = 0;
  for (let i = 0; i < count; i++) {
    if (localDate[i] !== lastDate) {
      lastDate = localDate[i]!;
      days++;
      perWeekday[weekday(Math.floor((time[i]! - localMinute[i]! * MINUTE_MS) / DAY_MS + 0.5))]!++;
    }
    seen[Math.floor(localMinute[i]! / slotMinutes)]!++;
  }
  const slots = new Uint8Array(seen.length);
  for (let slot = 0; slot < slots.length; slot++) slots[slot] = seen[slot]! > days / 2 ? 1 : 0;
  // Saturdays are a seventh of the days of a market that never closes.
  return { everyDay: perWeekday[6]! > days / 20, days, slots, slotMinutes };
}

/** The session of bars within a day, begun where a person said; null where bars come round the clock or are days or longer. */
export function sessionOf(columns: BarColumns, barMs: number, answers: Answers): Session | null {
  const found = findSession(columns, barMs);
  const told = minuteOf(answerTo(answers, 'session') ?? '');
  if (told === null || barMs >= DAY_MS) return found;
  return { from: told, to: found === null || found.to <= told ? 1440 : found.to };
}

function findSession(columns: BarColumns, barMs: number): Session | null {
  if (barMs >= DAY_MS || barMs < MINUTE_MS) return null;
  const { slots, slotMinutes, days } = calendarOf(columns, barMs);
  if (days < LEAST_DAYS) return null;
  const first = slots.indexOf(1);
  const minutes = (slots.lastIndexOf(1) + 1 - first) * slotMinutes;
  if (first < 0 || minutes > ROUND_THE_CLOCK * 1440) return null;
  const from = usualMinute(columns, first, slotMinutes);
  return { from, to: Math.min(1440, from + minutes) };
}

/** Bars need not begin at a multiple of their length. */
function usualMinute({ count, localMinute }: BarColumns, slot: number, slotMinutes: number): number {
  const seen = new Uint32Array(slotMinutes);
  for (let i = 0; i < count; i++) {
    if (Math.floor(localMinute[i]! / slotMinutes) === slot) seen[localMinute[i]! - slot * slotMinutes]!++;
  }
  return slot * slotMinutes + seen.indexOf(Math.max(...seen));
}

/** "09:30" or 570 as a minute of the day; null where it is neither. */
export function minuteOf(text: string): number | null {
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  const minute = clock === null ? (/^\d+$/.test(text.trim()) ? Number(text) : NaN) : Number(clock[1]) * 60 + Number(clock[2]);
  return minute >= 0 && minute < 1440 ? minute : null;
}

/** 570 → "09:30". */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
