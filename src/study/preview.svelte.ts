import { NEUTRAL_EXECUTION } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import { defaultPosition } from '../space/axis.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { createControl } from '../schedule/control.ts';
import { createPool, type Pool } from '../workers/pool.ts';
import { spawnSweepWorker } from '../workers/spawn.ts';
import { debounce } from './debounce.ts';
import type { Data } from './data.svelte.ts';
import type { StrategyText } from './strategy-text.svelte.ts';

const ASK_AFTER_MS = 150;

export type Preview = TrialDetail['plots'][number];

/** The named series of the text over the bars, each parameter at its default: for whoever writes the text. */
export class SeriesPreview {
  #plots = $state.raw<readonly Preview[]>([]);
  #pool: Pool | null = null;
  #asked: unknown = null; // the plan whose series stand in #plots, or are on their way
  readonly #strategy: StrategyText;
  readonly #data: Data;
  readonly #askSoon = debounce(ASK_AFTER_MS, () => void this.#ask());

  constructor(strategy: StrategyText, data: Data) {
    this.#strategy = strategy;
    this.#data = data;
  }

  /** Of the last text that compiled; empty without bars. */
  get plots(): readonly Preview[] {
    return this.#plots;
  }

  /** Looks again where the text or the bars are others. */
  refresh(): void {
    this.#askSoon();
  }

  /** Ends the thread. */
  close(): void {
    this.#askSoon.cancel();
    this.#pool?.terminate();
    this.#pool = null;
    this.#asked = null;
  }

  async #ask(): Promise<void> {
    const { plan } = this.#strategy;
    const { market } = this.#data;
    if (plan === null || market === null || plan === this.#asked) return;
    this.#asked = plan;
    const pool = (this.#pool ??= createPool({ spawn: spawnSweepWorker, size: 1 }));
    const answer = await pool.call(0, async (api) => {
      const generation = pool.nextGeneration();
      const opened = await api.open(setupOf(plan, market.buffer, generation));
      if (!opened.ok) return opened;
      return api.detail(generation, 0, plan.space.axes.map(defaultPosition));
    });
    if (this.#asked !== plan) return;
    const detail = answer.ok ? answer.value : answer;
    this.#plots = detail.ok ? detail.value.plots : [];
  }
}

/** A study of one trial, for its series. */
function setupOf(plan: Plan, bars: ArrayBufferLike, generation: number) {
  const makeBuffer = (bytes: number): ArrayBufferLike =>
    typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  return {
    generation,
    workerIndex: 0,
    plan,
    axes: plan.space.axes,
    execution: NEUTRAL_EXECUTION,
    scoring: [{ startBar: 0, returns: 'bar', periodsPerYear: 252 } as const],
    markets: [bars],
    rows: null,
    metrics: [],
    control: createControl(1, makeBuffer).buffer,
    cacheBytes: 0,
  };
}
