import type { ZoneOffset } from '../bars/zones.ts';

/** Offsets of time zones by the database that every engine brings along. */
export function createZoneOffset(): ZoneOffset {
  const formats = new Map<string, Intl.DateTimeFormat | null>();
  const formatOf = (zone: string): Intl.DateTimeFormat | null => {
    let format = formats.get(zone);
    if (format !== undefined) return format;
    format = makeFormat(zone);
    formats.set(zone, format);
    return format;
  };
  return (zone, utcMs) => {
    if (zone === 'UTC') return 0;
    const format = formatOf(zone);
    if (format === null) return NaN;
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utcMs)) parts[type] = Number(value);
    const wall = Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
    return Math.round((wall - Math.floor(utcMs / 1000) * 1000) / 60_000);
  };
}

/** null where the engine does not know the zone. */
function makeFormat(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}
