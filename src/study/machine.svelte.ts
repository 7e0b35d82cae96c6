import type { Rows } from '../metrics/rows.ts';
import { Cores } from './cores.svelte.ts';
import type { Run } from './run.svelte.ts';

/** One line of the scaling table. */
export interface ScalingRow {
  readonly workers: number;
  readonly ms: number;
  readonly speedUp: number; // against one worker
  readonly efficiency: number; // speed-up ÷ workers
}

export interface Verdict {
  readonly equal: boolean;
  readonly text: string;
}

const VERIFIED = 2000; // trials, at most
/** A measurement below this is mostly the start of the workers: the study is repeated until it takes so long. */
const LEAST_MS = 500;
const MOST_REPEATED = 1_000_000; // trials
const ROUNDS = 2; // at least; the fastest one counts

/** Proof on the visitor's machine: that the count of workers changes no byte, and what more workers bring. */
export class Machine {
  #busy = $state<'verify' | 'scaling' | null>(null);
  #verdict = $state.raw<Verdict | null>(null);
  #scaling = $state.raw<readonly ScalingRow[]>([]);
  readonly #run: Run;
  readonly cores: Cores;

  constructor(run: Run) {
    this.#run = run;
    this.cores = new Cores(run);
  }

  get busy(): 'verify' | 'scaling' | null {
    return this.#busy;
  }
  get verdict(): Verdict | null {
    return this.#verdict;
  }
  get scaling(): readonly ScalingRow[] {
    return this.#scaling;
  }

  readonly canRun: boolean = $derived.by(() => this.#busy === null && this.#run.state !== 'running' && this.#run.canMeasure);

  /** The count of workers that took the least time; of those within 3 % of it the smallest. */
  readonly bestWorkers: number | null = $derived.by(() => {
    const least = Math.min(...this.#scaling.map(({ ms }) => ms));
    return this.#scaling.find(({ ms }) => ms <= 1.03 * least)?.workers ?? null;
  });

  /** Runs a sample with one worker and with all, and compares every byte. */
  async verify(): Promise<void> {
    await this.#measuring('verify', async () => {
      const trials = this.#sample(Math.max(1, Math.min(VERIFIED, this.#run.kept)));
      const most = Math.max(2, this.#run.mostWorkers);
      const one = await this.#run.measure(trials, 1);
      const all = await this.#run.measure(trials, most);
      this.#verdict = one === null || all === null ? STOPPED : compare(one.rows, all.rows, most);
    });
  }

  /** Runs the same trials with 1, 2, 4, … workers. */
  async scale(): Promise<void> {
    await this.#measuring('scaling', async () => {
      this.#scaling = [];
      const { mostWorkers } = this.#run;
      const trials = await this.#enough(mostWorkers);
      if (trials === null) return;
      for (const workers of countsUpTo(mostWorkers)) {
        let least = Infinity;
        let sum = 0;
        for (let round = 0; round < ROUNDS || sum < LEAST_MS; round++) {
          const ms = (await this.#run.measure(trials, workers))?.ms;
          if (ms === undefined) return;
          sum += Math.max(1, ms);
          least = Math.min(least, ms);
        }
        const speedUp = (this.#scaling[0]?.ms ?? least) / least;
        this.#scaling = [...this.#scaling, { workers, ms: least, speedUp, efficiency: speedUp / workers }];
      }
    });
  }

  /** So many trials that all workers together need long enough; null where they do not run. */
  async #enough(workers: number): Promise<readonly Uint32Array[] | null> {
    for (let count = VERIFIED; ;) {
      const trials = this.#sample(count);
      // The first of two may only have waited for something else.
      const first = await this.#run.measure(trials, workers);
      const second = await this.#run.measure(trials, workers);
      if (first === null || second === null) return null;
      const ms = Math.min(first.ms, second.ms);
      if (ms >= LEAST_MS || count >= MOST_REPEATED) return trials;
      count = Math.min(MOST_REPEATED, Math.ceil(count * Math.min(16, Math.max(1.5, (1.2 * LEAST_MS) / Math.max(1, ms)))));
    }
  }

  async #measuring(what: 'verify' | 'scaling', act: () => Promise<void>): Promise<void> {
    if (!this.canRun) return;
    this.#busy = what;
    await act();
    this.#run.afterMeasuring();
    this.#busy = null;
  }

  /** Positions of trials that lie evenly over those that ran, one column per axis; all of them again and again where they are fewer. */
  #sample(count: number): readonly Uint32Array[] {
    const { rows, kept } = this.#run;
    const rowOf = (k: number): number => (count > kept ? k % Math.max(1, kept) : Math.floor((k * kept) / count));
    return (rows?.positions ?? []).map((column) => Uint32Array.from({ length: count }, (_, k) => column[rowOf(k)] ?? 0));
  }
}

const STOPPED: Verdict = { equal: false, text: 'The sample did not run to its end: a worker failed.' };

/** 1, 2, 4, … and the last one. */
function countsUpTo(most: number): number[] {
  const counts = [];
  for (let workers = 1; workers < most; workers *= 2) counts.push(workers);
  return [...counts, most];
}

function compare(one: Rows, all: Rows, workers: number): Verdict {
  const a = new Uint8Array(one.buffer);
  const b = new Uint8Array(all.buffer);
  const at = a.length === b.length ? a.findIndex((byte, k) => byte !== b[k]) : 0;
  if (at >= 0) {
    return {
      equal: false,
      text: `Byte ${at} differs between 1 and ${workers} workers. Please report it with the link of the study.`,
    };
  }
  return { equal: true, text: `${one.rowCount} trials, ${a.length} bytes: equal with 1 and with ${workers} workers.` };
}
