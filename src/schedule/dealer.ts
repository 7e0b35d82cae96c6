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
  /** Tells that the first `rows` rows of a range kept a worker busy for `ms` milliseconds. */
  took(lease: Lease, rows: number, ms: number): void;
}

const PROBES = 400;
/** One range in so many is a probe while there are any to come. */
const EVERY = 2;
/** A study that ends sooner, or of fewer rows, is over before anybody asks how long it takes; and probes cut its ranges short. */
const LEAST_MS = 1500;
const LEAST_ROWS = 4000;
/** A probe is this share of a range until one near to it was measured. */
const SHARE = 8;
/** A shorter one says more of memory that no trial touched lately than of its rows. */
const PROBE_MS = 4;

export function createDealer(ledger: Ledger, pace: Pace, probing: boolean): Dealer {
  let probes = 0;
  let dealt = 0;
  const measured: { readonly row: number; readonly msPerRow: number }[] = [];

  /** As many rows as take long enough, by the nearest probe before. All probes together are at most half of the study. */
  function rowsAt(row: number, total: number, otherwise: number): number {
    let msPerRow = 0;
    let distance = Infinity;
    for (const one of measured) {
      if (Math.abs(one.row - row) >= distance) continue;
      distance = Math.abs(one.row - row);
      msPerRow = one.msPerRow;
    }
    const wanted = msPerRow > 0 ? Math.ceil(PROBE_MS / msPerRow) : otherwise;
    return Math.max(1, Math.min(wanted, Math.floor(total / (2 * PROBES))));
  }

  function probe(slot: number, worker: number, asked: number, total: number): Lease | null {
    const share = Math.floor(pace.next(slot, ledger.waiting) / SHARE);
    while (probes < PROBES) {
      const row = Math.floor(spread(probes + 1) * total);
      if (row >= asked) return null; // its turn comes once the row has positions
      probes++;
      const lease = ledger.probe(row, rowsAt(row, total, share), worker);
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
    took({ from, probe: isProbe }, rows, ms) {
      if (isProbe && rows > 0) measured.push({ row: from, msPerRow: ms / rows });
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
