import type { Fault } from '../core/fault.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { positionsOfRow } from '../results/lookup.ts';
import type { Run, RunSubject } from './run.svelte.ts';
import type { Pin } from './selection.svelte.ts';

/** One of the trials that stand side by side; A is the selected one. */
export interface Compared {
  readonly letter: 'A' | Pin['letter'];
  readonly row: number;
  readonly positions: readonly number[];
  readonly detail: TrialDetail;
}

/** The selected trial and the pinned ones, each re-run. */
export class Compare {
  #trials = $state.raw<readonly Compared[]>([]);
  #subject = $state.raw<RunSubject | null>(null);
  #faults = $state.raw<readonly Fault[]>([]);
  #shown = $state(false);
  #request = 0;
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  get trials(): readonly Compared[] {
    return this.#trials;
  }

  get subject(): RunSubject | null {
    return this.#subject;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  get shown(): boolean {
    return this.#shown;
  }

  hide(): void {
    this.#shown = false;
  }

  clear(): void {
    this.#request++;
    this.#trials = [];
    this.#faults = [];
    this.#shown = false;
  }

  /** Re-runs what is not known yet; a later call wins. */
  async show(selected: number | null, pins: readonly Pin[]): Promise<void> {
    const request = ++this.#request;
    const { rows, subject } = this.#run;
    if (rows === null || subject === null) return;
    const known = subject === this.#subject ? this.#trials : [];
    const wanted: { letter: Compared['letter']; row: number }[] = pins.map(({ letter, row }) => ({ letter, row }));
    if (selected !== null && pins.every(({ row }) => row !== selected)) wanted.unshift({ letter: 'A', row: selected });
    const trials: Compared[] = [];
    const faults: Fault[] = [];
    for (const { letter, row } of wanted) {
      const before = known.find((one) => one.row === row);
      if (before !== undefined) {
        trials.push({ ...before, letter });
        continue;
      }
      const positions = positionsOfRow(rows, row);
      const outcome = await this.#run.detail(positions);
      if (request !== this.#request) return;
      if (outcome.ok) trials.push({ letter, row, positions, detail: outcome.value });
      else faults.push(...outcome.faults);
    }
    this.#subject = subject;
    this.#trials = trials;
    this.#faults = faults;
    this.#shown = true;
  }
}
