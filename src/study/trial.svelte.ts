import type { Fault } from '../core/fault.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { positionsOfRow } from '../results/lookup.ts';
import { trialIndex } from '../space/trial.ts';
import type { Run, RunSubject } from './run.svelte.ts';
import { verifyTrial, type Verdict } from './verify.ts';

export interface OpenedTrial {
  readonly row: number;
  readonly positions: readonly number[];
  readonly number: bigint; // trial index over the full product
  readonly subject: RunSubject;
  readonly detail: TrialDetail;
  readonly verdict: Verdict;
}

/** The selected trial, re-run and checked against its row; shown small beside the surface, or alone. */
export class Trial {
  #opened = $state.raw<OpenedTrial | null>(null);
  #faults = $state.raw<readonly Fault[]>([]);
  #alone = $state(false);
  #request = 0;
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  get opened(): OpenedTrial | null {
    return this.#opened;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Whether the trial has the page to itself. */
  get alone(): boolean {
    return this.#alone;
  }

  show(alone: boolean): void {
    this.#alone = alone;
  }

  clear(): void {
    this.#request++;
    this.#opened = null;
    this.#faults = [];
    this.#alone = false;
  }

  /** Re-runs a row's trial; a later call wins. */
  async load(row: number): Promise<void> {
    const request = ++this.#request;
    const { rows, subject } = this.#run;
    if (rows === null || subject === null) return;
    const positions = positionsOfRow(rows, row);
    const outcome = await this.#run.detail(positions);
    if (request !== this.#request) return;
    if (!outcome.ok) {
      this.#opened = null;
      this.#faults = outcome.faults;
      return;
    }
    const detail = outcome.value;
    this.#faults = [];
    this.#opened = {
      row,
      positions,
      number: trialIndex(subject.space.axes, positions),
      subject,
      detail,
      verdict: verifyTrial(rows, row, detail),
    };
  }
}
