import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { answerTo, type Answers } from './answers.ts';
import type { Intake } from './intake.ts';
import { NO_ZONE, type RowStore } from './store.ts';
import { applyZone, type ZoneOffset } from './zones.ts';

/**
 * Settles the zone of the whole file: of counts since 1970 and of times with offsets only the dates on the market's clocks depend
 * on it, wall-clock times become instants by it.
 * @param named zone that the file names outside its rows, '' where it names none
 * @returns 'UTC', a name, offsets, or 'unknown'
 */
export function settleZone({ store, units }: Intake, answers: Answers, named: string, offsetOf: ZoneOffset): Outcome<string> {
  const told = answerTo(answers, 'time_zone');
  const wanted = told ?? named;
  if (told !== null && Number.isNaN(offsetOf(told, 0))) return failed(unknownZone(told));
  if (units.size > 0) return ok(wanted !== '' && localOffsets(store, wanted, offsetOf) ? wanted : 'UTC');
  if (store.zone !== null) return ok(offsetsInWords(store));
  return ok(wanted !== '' && applyZone(store, wanted, offsetOf) ? wanted : 'unknown');
}

function unknownZone(zone: string) {
  return fault('unknown_zone', `"${zone}" is no time zone that is known here.`, 'Write a name like America/New_York or UTC.');
}

/** Times are instants already: only the dates on the market's clocks depend on its zone. */
function localOffsets(store: RowStore, zone: string, offsetOf: ZoneOffset): boolean {
  if (Number.isNaN(offsetOf(zone, 0))) return false;
  if (zone === 'UTC') return true;
  store.zone ??= new Int16Array(store.capacity).fill(NO_ZONE);
  let hour = NaN;
  let offset = 0;
  for (let i = 0; i < store.count; i++) {
    const own = Math.floor(store.time[i]! / 900_000);
    if (own !== hour) {
      hour = own;
      offset = offsetOf(zone, store.time[i]!);
    }
    store.zone[i] = offset;
  }
  return true;
}

function offsetsInWords({ zone, count }: RowStore): string {
  const seen = new Set<number>();
  for (let i = 0; i < count; i++) if (zone![i] !== NO_ZONE) seen.add(zone![i]!);
  const words = [...seen]
    .sort((a, b) => a - b)
    .map((minutes) => {
      const size = Math.abs(minutes);
      return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
    });
  return words.length === 1 && words[0] === '+00:00' ? 'UTC' : words.slice(0, 4).join(' ');
}
