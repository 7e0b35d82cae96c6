import { DAY_MS, formatUtc } from './calendar.ts';
import type { BarColumns } from './columns.ts';
import { calendarOf, type Calendar } from './hours.ts';
import { addIssue, type IssueList } from './report.ts';

const LONGEST_CLOSED = 5 * DAY_MS; // holidays and a weekend

/** Time without bars that neither nights, weekends nor a few holidays explain. */
export function inspectGaps(columns: BarColumns, lines: Uint32Array, barMs: number, warnings: IssueList): void {
  const { count, time } = columns;
  if (barMs > 8 * DAY_MS) return inspectLong(columns, lines, barMs, warnings);
  const calendar = calendarOf(columns, barMs);
  const longest = calendar.everyDay ? 1.5 * barMs : Math.max(1.5 * barMs, LONGEST_CLOSED);
  for (let i = 1; i < count; i++) {
    const distance = time[i]! - time[i - 1]!;
    if (distance <= 1.5 * barMs) continue;
    const missing = barMs < DAY_MS ? missingSlots(columns, i, calendar) : distance > longest;
    if (missing) addIssue(warnings, 'gap', lines[i]!, `No bars between ${formatUtc(time[i - 1]!)} and ${formatUtc(time[i]!)}.`);
  }
}

/** Months and quarters have no even length. */
function inspectLong({ count, time }: BarColumns, lines: Uint32Array, barMs: number, warnings: IssueList): void {
  for (let i = 1; i < count; i++) {
    if (time[i]! - time[i - 1]! > 1.5 * barMs)
      addIssue(warnings, 'gap', lines[i]!, `No bars between ${formatUtc(time[i - 1]!)} and ${formatUtc(time[i]!)}.`);
  }
}

/** Whether a usual minute of the same day, or a usual day, lies between a bar and the one before. */
function missingSlots(
  { localDate, localMinute, time }: BarColumns,
  i: number,
  { everyDay, slots, slotMinutes }: Calendar,
): boolean {
  const from = Math.floor(localMinute[i - 1]! / slotMinutes);
  const to = Math.floor(localMinute[i]! / slotMinutes);
  if (localDate[i] === localDate[i - 1]) return anySlot(slots, from + 1, to);
  const distance = time[i]! - time[i - 1]!;
  if (distance > LONGEST_CLOSED) return true;
  if (anySlot(slots, from + 1, slots.length) || anySlot(slots, 0, to)) {
    // The evening and the morning are missed where the days between are no weekend and no holiday.
    return distance < DAY_MS || everyDay;
  }
  return false;
}

function anySlot(slots: Uint8Array, from: number, to: number): boolean {
  for (let slot = from; slot < to; slot++) if (slots[slot] === 1) return true;
  return false;
}
