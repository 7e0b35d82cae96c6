import type { Lease, Ledger } from './ledger.ts';
import type { Pace } from './pace.ts';

/**
 * Which range a worker gets next: the next one in order, now and then a probe. Probes are short ranges that lie evenly over all
 * rows and are run early, so that the time left is known although a study runs its slowest axis in order; they are rows of
 * the study like any other.
 */
export interface Dealer {
  /**
   * @param toCome rows that will have positions later
   * @param asked rows that have positions
   * @param total rows expected in all
   */
  deal(slot: number, worker: number, toCome: number, asked: number, total: number): Lease | null;
}

const PROBES = 400;
/** One range in so many is a probe while there are any to come. */
const EVERY = 2;
/** A study that ends sooner, or of fewer rows, is over before anybody asks how long it takes; and probes cut its ranges short. */
const LEAST_MS = 1500;
const LEAST_ROWS = 4000;
/** A probe is this share of a range. */
const SHARE = 8;

export function createDealer(ledger: Ledger, pace: Pace, probing: boolean): Dealer {
  let probes = 0;
  let dealt = 0;

  function probe(slot: number, worker: number, asked: number, total: number): Lease | null {
    const rows = Math.max(1, Math.floor(pace.next(slot, ledger.waiting) / SHARE));
    while (probes < PROBES) {
      const row = Math.floor(spread(probes + 1) * total);
      if (row >= asked) return null; // its turn comes once the row has positions
      probes++;
      const lease = ledger.probe(row, rows, worker);
      if (lease !== null) return lease;
    }
    return null;
  }

  return {
    deal(slot, worker, toCome, asked, total) {
      if (ledger.waiting === 0 || (toCome > 0 && ledger.waiting < pace.together)) return null;
      dealt++;
      const long = probing && total >= LEAST_ROWS && pace.expectedMs(ledger.waiting + toCome) >= LEAST_MS;
      const early = long && dealt % EVERY === 0 ? probe(slot, worker, asked, total) : null;
      return early ?? ledger.take(pace.next(slot, ledger.waiting + toCome), worker);
    },
  };
}

/** Van der Corput's sequence: each new point lies in the largest gap of those before. */
function spread(index: number): number {
  let point = 0;
  let part = 0.5;
  for (let rest = index; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) point += part;
    part /= 2;
  }
  return point;
}
