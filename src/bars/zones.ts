import { answerTo, type Answers, type Question } from './answers.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, dateOfDay, dayNumber, formatUtc, weekday } from './calendar.ts';
import { NO_ZONE, type RowStore } from './store.ts';

/**
 * Minutes that a zone's clocks are ahead of UTC at an instant; NaN where the zone is not known. Handed in from the edge, as pure
 * code knows no time zone.
 */
export type ZoneOffset = (zone: string, utcMs: number) => number;

export const NO_ZONES: ZoneOffset = (zone) => (zone === 'UTC' ? 0 : NaN);

/** Turns wall clock into UTC for all rows without an offset. An hour that a clock shows twice is first the earlier instant. */
export function applyZone(store: RowStore, zone: string, offsetOf: ZoneOffset): boolean {
  if (Number.isNaN(offsetOf(zone, 0))) return false;
  if (zone === 'UTC') return true;
  store.zone ??= new Int16Array(store.capacity).fill(NO_ZONE);
  const descending = isDescending(store);
  const constantOn = constantOffsets(zone, offsetOf);
  let lastWall = NaN;
  let lastUtc = NaN;
  for (let k = 0; k < store.count; k++) {
    const i = descending ? store.count - 1 - k : k;
    if (store.zone[i] !== NO_ZONE) continue;
    const wall = store.time[i]!;
    const constant = constantOn(Math.floor(wall / DAY_MS));
    const offset = Number.isNaN(constant) ? changingOffset(wall, lastWall, lastUtc, zone, offsetOf) : constant;
    lastWall = wall;
    lastUtc = wall - offset * MINUTE_MS;
    store.zone[i] = offset;
    store.time[i] = lastUtc;
  }
  return true;
}

/** The offset of a whole day of wall clock; NaN on a day on which clocks may change. Remembers the last day asked for. */
function constantOffsets(zone: string, offsetOf: ZoneOffset): (day: number) => number {
  let known = NaN;
  let constant = NaN;
  return (day) => {
    if (day === known) return constant;
    known = day;
    const before = offsetOf(zone, (day - 1) * DAY_MS);
    constant = before === offsetOf(zone, (day + 2) * DAY_MS) ? before : NaN;
    return constant;
  };
}

/** The second time that a clock shows a minute, or one before the last row's, the clocks have gone back. */
function changingOffset(wall: number, lastWall: number, lastUtc: number, zone: string, offsetOf: ZoneOffset): number {
  const early = offsetOf(zone, wall - DAY_MS);
  const late = offsetOf(zone, wall + DAY_MS);
  const larger = Math.max(early, late);
  const smaller = Math.min(early, late);
  const first = fits(wall, larger, zone, offsetOf) ? larger : smaller;
  const again = wall <= lastWall && wall - first * MINUTE_MS <= lastUtc;
  return again && fits(wall, smaller, zone, offsetOf) ? smaller : first;
}

function fits(wall: number, offset: number, zone: string, offsetOf: ZoneOffset): boolean {
  return offsetOf(zone, wall - offset * MINUTE_MS) === offset;
}

function isDescending({ time, count }: RowStore): boolean {
  return count > 1 && time[count - 1]! < time[0]!;
}

/** Zones whose clocks show an hour twice on a day, by rule: which day, and which hour. */
const BACK: readonly { readonly zones: readonly string[]; readonly hour: number; readonly day: (year: number) => number }[] = [
  { zones: ['America/New_York', 'America/Chicago', 'America/Los_Angeles'], hour: 1, day: (year) => nth(year, 11, 1) },
  { zones: ['America/New_York', 'America/Chicago'], hour: 1, day: (year) => last(year, 10) }, // until 2006
  { zones: ['Europe/London'], hour: 1, day: (year) => last(year, 10) },
  { zones: ['Europe/Berlin', 'Europe/Paris'], hour: 2, day: (year) => last(year, 10) },
  { zones: ['Europe/Athens'], hour: 3, day: (year) => last(year, 10) },
  { zones: ['Australia/Sydney'], hour: 2, day: (year) => nth(year, 4, 1) },
];

function nth(year: number, month: number, n: number): number {
  const first = dayNumber(year, month, 1);
  return first + ((7 - weekday(first)) % 7) + 7 * (n - 1);
}

function last(year: number, month: number): number {
  const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
  const day = next - 1;
  return day - weekday(day);
}

/** Zones whose clocks went back at the wall-clock time given. */
function zonesGoingBack(wall: number): string[] {
  const day = Math.floor(wall / DAY_MS);
  const year = Math.floor(dateOfDay(day) / 10_000);
  const hour = Math.floor((wall - day * DAY_MS) / HOUR_MS);
  return BACK.filter((rule) => rule.hour === hour && rule.day(year) === day).flatMap(({ zones }) => zones);
}

/**
 * Asks for the zone where the same wall-clock time stands twice with different prices, and clocks somewhere went back then.
 * @param twice wall-clock times, UTC ms, that stand twice
 */
export function zoneQuestion(
  twice: readonly { readonly time: number; readonly line: number }[],
  answers: Answers,
): Question | null {
  if (answerTo(answers, 'time_zone') !== null) return null;
  const zones = new Set<string>();
  let line = 0;
  let at = 0;
  for (const { time, line: where } of twice) {
    for (const zone of zonesGoingBack(time)) zones.add(zone);
    if (line === 0 && zones.size > 0) {
      line = where;
      at = time;
    }
  }
  if (zones.size === 0) return null;
  return {
    key: 'time_zone',
    text: `${formatUtc(at).replace('Z', '').replace('T', ' ')} stands twice with different prices, as where clocks go back in autumn: in which zone are the times?`,
    readings: [
      ...[...zones].map((zone) => ({ value: zone, text: `${zone}: both rows are bars, one hour apart` })),
      { value: 'UTC', text: 'UTC: the later row replaces the earlier one' },
    ],
    preselected: [...zones][0]!,
    line,
  };
}
