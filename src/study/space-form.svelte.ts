import type { Fault, Outcome } from '../core/fault.ts';
import type { Axis } from '../space/axis.ts';
import { createCounter } from '../space/count.ts';
import { overrideSpace } from '../space/override.ts';
import { formatRange, type RangeSpelling } from '../space/range.ts';
import type { Space } from '../space/space.ts';
import { bindExecution, type BoundStrategy } from '../strategy/bind.ts';
import { NEUTRAL_EXECUTION, type ExecutionSettings } from '../strategy/execution.ts';
import { runInSlices, type Sliced } from './slices.ts';
import type { Plan } from '../strategy/plan.ts';
import type { StrategyText } from './strategy-text.svelte.ts';

/** A range as the form and the study document spell it: `5..50 by 1`, or the values of a list, choice or flag. */
export type Spelling = RangeSpelling;
export type Overrides = Readonly<Record<string, RangeSpelling>>;

const TUPLES_PER_STEP = 2_000;

/** How many trials a space has, as far as it is counted. */
export interface LiveCount {
  readonly total: bigint; // all combinations
  readonly feasible: bigint; // after the constraints
  readonly exact: boolean;
  readonly error: number; // ± relative, 0 if exact
  /** What each constraint leaves out of what the ones before it left. */
  readonly leftOut: readonly { readonly text: string; readonly trials: bigint; readonly exact: boolean }[];
  readonly done: boolean;
}

/** The ranges that the person set over the text's own, axis by axis, those of swept settings, and how many trials they make. */
export class SpaceForm {
  #overrides = $state.raw<Overrides>({});
  #count = $state.raw<LiveCount | null>(null);
  #counting: Sliced | null = null;
  #countOf: unknown = null; // the space that was counted last
  #waiting: (() => void)[] = [];
  readonly #strategy: StrategyText;
  readonly #settings: { readonly execution: ExecutionSettings };

  constructor(strategy: StrategyText, settings: { readonly execution: ExecutionSettings }) {
    this.#strategy = strategy;
    this.#settings = settings;
    // Text and form are two places of one range: the last edit counts.
    strategy.onranges = (names) => {
      const written = new Set(names);
      this.#overrides = Object.fromEntries(Object.entries(this.#overrides).filter(([name]) => !written.has(name)));
    };
  }

  /** Overrides of axes that the text has now; others wait, in case the text gets the axis back. */
  readonly overrides: Overrides = $derived.by(() => {
    const names = new Set(this.#strategy.plan?.space.axes.map((axis) => axis.name));
    return Object.fromEntries(Object.entries(this.#overrides).filter(([name]) => names.has(name)));
  });

  /** What the overrides and the swept settings make of the text's space, or every fault in them. */
  readonly outcome: Outcome<BoundStrategy> | null = $derived.by(() => {
    const plan = this.#strategy.plan;
    return plan === null ? null : boundStrategy(plan, this.overrides, this.#settings.execution);
  });

  /** What to run; null while something is wrong. */
  readonly bound: BoundStrategy | null = $derived(this.outcome?.ok === true ? this.outcome.value : null);

  /** What is wrong with the settings, whatever the ranges of the text's parameters are. */
  readonly settingFaults: readonly Fault[] = $derived.by(() => {
    const plan = this.#strategy.plan;
    const alone = plan === null ? null : bindExecution(plan, plan.space, this.#settings.execution);
    return alone?.ok === false ? alone.faults : [];
  });

  /** The space to run; where an axis has a fault, the text's own range stands in for it, so that the rest stays readable. */
  readonly space: Space | null = $derived.by(() => {
    const plan = this.#strategy.plan;
    if (plan === null || this.outcome === null) return null;
    if (this.outcome.ok) return this.outcome.value.space;
    const sound = Object.fromEntries(Object.entries(this.overrides).filter(([name]) => !this.faultsByAxis.has(name)));
    const rest = overrideSpace(plan.space, sound);
    return rest.ok ? rest.value : plan.space;
  });

  readonly faultsByAxis: ReadonlyMap<string, Fault> = $derived.by(() => {
    const found = new Map<string, Fault>();
    if (this.outcome === null || this.outcome.ok) return found;
    const plan = this.#strategy.plan!;
    for (const [name, spelling] of Object.entries(this.overrides)) {
      const alone = boundStrategy(plan, { [name]: spelling }, NEUTRAL_EXECUTION);
      if (!alone.ok) found.set(name, alone.faults[0]);
    }
    return found;
  });

  get count(): LiveCount | null {
    return this.#count;
  }

  get changed(): boolean {
    return Object.keys(this.overrides).length > 0;
  }

  /** The text's own axis of that name. */
  base(name: string): Axis | null {
    return this.#strategy.plan?.space.axes.find((axis) => axis.name === name) ?? null;
  }

  isChanged(name: string): boolean {
    return name in this.overrides;
  }

  set(name: string, spelling: RangeSpelling): void {
    const base = this.base(name);
    const same = base !== null && JSON.stringify(formatRange(base)) === JSON.stringify(spelling);
    const { [name]: _, ...rest } = this.#overrides;
    this.#overrides = same ? rest : { ...rest, [name]: spelling };
  }

  replace(overrides: Overrides): void {
    this.#overrides = { ...overrides };
  }

  reset(): void {
    this.#overrides = {};
  }

  /** Resolves when `count` is that of the space as it now is: for a moment after an edit it is still that of the one before. */
  counted(): Promise<void> {
    if (this.#countOf === this.space) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.recount();
    });
  }

  /** Counts `space` in slices of time; call again when it changed. The old count is shown until the new one is known. */
  recount(): void {
    this.#counting?.stop();
    this.#counting = null;
    const space = this.space;
    if (space === null) {
      this.#count = null;
      return;
    }
    const total = space.axes.reduce((product, axis) => product * BigInt(axis.size), 1n);
    const leftOut: LiveCount['leftOut'][number][] = [];
    let known = { feasible: total, exact: true, error: 0 };
    let counter = null as ReturnType<typeof createCounter> | null;
    const step = (): boolean => {
      const constraint = space.constraints[leftOut.length];
      if (constraint === undefined) return true;
      counter ??= createCounter({ ...space, constraints: space.constraints.slice(0, leftOut.length + 1) });
      if (!counter.step(TUPLES_PER_STEP)) return false;
      const next = counter.count();
      counter = null;
      leftOut.push({ text: constraint.text, trials: known.feasible - next.feasible, exact: known.exact && next.exact });
      known = next;
      return leftOut.length === space.constraints.length;
    };
    this.#counting = runInSlices(step, (done) => {
      if (done) {
        this.#counting = null;
        this.#countOf = space;
        this.#count = { total, feasible: known.feasible, exact: known.exact, error: known.error, leftOut: [...leftOut], done };
        for (const resolve of this.#waiting.splice(0)) resolve();
      } else if (this.#count === null || this.#count.done) {
        const before = this.#count?.leftOut ?? [];
        const rows = space.constraints.map(({ text }, k) => before[k] ?? { text, trials: 0n, exact: false });
        this.#count = { total, feasible: total, exact: false, error: 1, leftOut: rows, done };
      }
    });
  }
}

function boundStrategy(plan: Plan, overrides: Overrides, settings: ExecutionSettings): Outcome<BoundStrategy> {
  const space = overrideSpace(plan.space, overrides);
  return space.ok ? bindExecution(plan, space.value, settings) : space;
}

/** Fields of a range as text, as they stand in the form: nothing is parsed twice. */
export function spellRange(low: string, high: string, step: string): string {
  return `${low.trim()}..${high.trim()} by ${step.trim()}`;
}

/** `5..50 by 1` → its three fields; null for other spellings. */
export function rangeFields(spelling: RangeSpelling): { low: string; high: string; step: string } | null {
  if (typeof spelling !== 'string') return null;
  const match = /^(.*?)\.\.(.*?) by (.*)$/.exec(spelling);
  return match === null ? null : { low: match[1]!.trim(), high: match[2]!.trim(), step: match[3]!.trim() };
}
