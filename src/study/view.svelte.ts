import { untrack } from 'svelte';
import type { LinkView } from '../document/link.ts';
import { METRICS } from '../metrics/columns.ts';
import type { Outcome } from '../core/fault.ts';
import { objectiveKey } from '../metrics/objective.ts';
import type { RowRange } from '../schedule/chunks.ts';
import { rankDirection, type Direction } from '../results/direction.ts';
import { createDistribution, type Distribution } from '../results/distribution.ts';
import { positionsOfRow, rowOf } from '../results/lookup.ts';
import { excludedCells } from '../results/mask.ts';
import { readFilter, type RowFilter } from '../results/filter.ts';
import { createRanking, fullOrder, type Ranking } from '../results/ranking.ts';
import { defaultSpec, isOrdered, withAxis } from '../results/spec.ts';
import { AGGREGATES, type SurfaceSpec } from '../results/spec.ts';
import { closeSurface, createSurface, type Surface } from '../results/surface.ts';
import type { Rows } from '../metrics/rows.ts';
import { PENDING } from '../metrics/state.ts';
import { axisLabel, defaultPosition, type Axis } from '../space/axis.ts';
import type { RunSubject } from './run.svelte.ts';
import { Selection } from './selection.svelte.ts';

const LISTED = 500;

/** Which picture of the results is shown, and the one selection that every picture shares. */
export class View {
  #subject = $state.raw<RunSubject | null>(null);
  #rows = $state.raw<Rows | null>(null);
  #count = $state(0); // rows that have positions
  #finished = $state(false);
  #whole = $state(false); // every trial of the space has run
  #spec = $state.raw<SurfaceSpec>(NOTHING);
  #version = $state(0);
  #tableVersion = $state(0);
  #cardVersion = $state(0);
  #wish: LinkView = {};
  #filterText = $state('');
  readonly selection = new Selection();
  /** Which of the tabs below the surface is open, by its id. */
  tab = $state('table');
  /** Where each metric's values lie; filled while the study runs, made when first asked for. */
  #distributions = new Map<number, Distribution>();

  get rows(): Rows | null {
    return this.#rows;
  }
  get count(): number {
    return this.#count;
  }
  get finished(): boolean {
    return this.#finished;
  }
  get spec(): SurfaceSpec {
    return this.#spec;
  }
  /** Grows when rows arrived; pictures read it to know when to draw. */
  get version(): number {
    return this.#version;
  }
  /** The same for the table and for the cards beside, which follow the surface in frames of their own. */
  get tableVersion(): number {
    return this.#tableVersion;
  }
  get cardVersion(): number {
    return this.#cardVersion;
  }
  /** The selected trial's row. */
  get selected(): number | null {
    return this.selection.selected;
  }

  readonly axes: readonly Axis[] = $derived.by(() => this.#subject?.space.axes ?? []);
  /** The shown metric: column of the rows, and its key. */
  readonly column: number = $derived(this.#spec.column);
  readonly metric: string = $derived.by(() => METRICS[this.#rows?.metrics[this.column] ?? -1]?.key ?? '');
  readonly direction: Direction = $derived(this.#spec.direction);

  /** The condition that shown trials meet, as typed; '' for none. */
  get filterText(): string {
    return this.#filterText;
  }

  filterBy(text: string): void {
    this.#filterText = text;
  }

  /** The filter of these rows, or what is wrong with it; null where there is none. */
  readonly filter: Outcome<RowFilter> | null = $derived.by(() => {
    const rows = this.#rows;
    if (rows === null || this.#filterText.trim() === '') return null;
    return readFilter(this.#filterText, rows, this.axes);
  });

  readonly surface: Surface | null = $derived.by(() => {
    const rows = this.#rows;
    const subject = this.#subject;
    if (rows === null || subject === null) return null;
    const { space } = subject;
    const sizes = space.axes.map((axis) => axis.size);
    const surface = createSurface(rows, sizes, this.#spec, excludedCells(space, this.#spec));
    // Rows that arrive later are added to this surface, they do not make a new one.
    surface.rebuild(untrack(() => this.#count));
    if (untrack(() => this.#whole)) closeSurface(surface);
    return surface;
  });

  /** Best rows by the shown metric while the study runs. */
  readonly ranking: Ranking | null = $derived.by(() => {
    const rows = this.#rows;
    if (rows === null) return null;
    const ranking = createRanking(rows, this.column, this.direction, LISTED);
    ranking.update(
      0,
      untrack(() => this.#count),
    );
    return ranking;
  });

  /** Every row, best first, once the study has ended. */
  readonly order: Uint32Array | null = $derived.by(() => {
    const rows = this.#rows;
    if (rows === null || !this.#finished) return null;
    const order = fullOrder(rows, this.column, this.direction, this.#count);
    return this.#whole ? order : order.filter((row) => rows.states[row] !== PENDING);
  });

  /** Best row by the shown metric; null while there is none. */
  readonly best: number | null = $derived.by(() => {
    void this.#cardVersion;
    const row = this.ranking?.best() ?? -1;
    return row < 0 ? null : row;
  });

  /** Another study was opened: there is nothing to look at until it ran. */
  clear(): void {
    this.#rows = null;
    this.#subject = null;
    this.selection.begin(null);
    this.#count = 0;
    this.#finished = false;
    this.#distributions = new Map();
  }

  /** What the next run will show first. */
  get wished(): LinkView {
    return this.#wish;
  }

  wish(wish: LinkView): void {
    this.#wish = wish;
  }

  /** A run begins: what was looked at before is kept where the new study still has it. */
  begin(subject: RunSubject, rows: Rows): void {
    const before = this.#subject?.space.axes ?? [];
    const { x, y } = spellView(before, '', this.#spec);
    const wish = {
      ...(x === undefined ? {} : { x }),
      ...(y === undefined ? {} : { y }),
      metric: objectiveKey(subject.objective),
      ...this.#wish,
    };
    this.#filterText = wish.filter ?? this.#filterText;
    this.#wish = {};
    this.#distributions = new Map();
    this.#subject = subject;
    this.#count = 0;
    this.#finished = false;
    this.#whole = false;
    this.#spec = wishedSpec(subject.space.axes, rows.metrics, wish);
    this.selection.begin(rows);
    this.#rows = rows;
    this.#all();
  }

  /** Finished rows arrive. */
  ranges(ranges: readonly RowRange[]): void {
    for (const { from, to } of ranges) {
      this.surface?.update(from, to);
      this.ranking?.update(from, to);
      for (const distribution of this.#distributions.values()) distribution.update(from, to);
      this.selection.update(from, to);
      if (to > this.#count) this.#count = to;
    }
    this.selection.publish();
    this.#version++;
  }

  table(): void {
    this.#tableVersion++;
  }

  cards(): void {
    this.#cardVersion++;
  }

  #all(): void {
    this.#version++;
    this.table();
    this.cards();
  }

  /**
   * The run has ended; rows [0, count) have positions.
   * @param whole whether every trial of the space has run: a cell without one then lies outside the space
   */
  end(count: number, whole: boolean): void {
    this.#count = count;
    this.#whole = whole;
    this.#finished = true;
    if (whole && this.surface !== null) closeSurface(this.surface);
    this.#all();
    const best = this.best;
    if (this.selected === null && best !== null) this.select(best);
  }

  show(spec: SurfaceSpec): void {
    this.#spec = spec;
  }

  /** Selects a row and moves the fixed axes to where it can be seen. */
  select(row: number | null): void {
    this.selection.selected = row;
    const rows = this.#rows;
    if (row === null || rows === null) return;
    const positions = positionsOfRow(rows, row);
    const { fixed } = this.#spec;
    if (fixed.every((at, a) => at === null || at === positions[a])) return;
    this.#spec = { ...this.#spec, fixed: fixed.map((at, a) => (at === null ? null : positions[a]!)) };
  }

  /** The row of a trial at these positions, −1 if the study has none. */
  find(positions: readonly number[]): number {
    return this.#rows === null ? -1 : rowOf(this.#rows, positions, this.#count);
  }

  distribution(column: number): Distribution | null {
    const rows = this.#rows;
    if (rows === null) return null;
    let made = this.#distributions.get(column);
    if (made === undefined) {
      made = createDistribution(rows, column);
      made.update(0, this.#count);
      this.#distributions.set(column, made);
    }
    return made;
  }
}

/**
 * The picture to begin with: the wished axes where there are such; choices stand at their default, so that a cell is one trial.
 * @param metrics of the rows: indices into METRICS
 */
export function wishedSpec(axes: readonly Axis[], metrics: readonly number[], wish: LinkView): SurfaceSpec {
  const column = Math.max(
    0,
    metrics.findIndex((metric) => METRICS[metric]?.key === wish.metric),
  );
  const direction = rankDirection(METRICS[metrics[column] ?? 0]!.direction);
  let spec = defaultSpec(axes, column, direction);
  for (const side of ['x', 'y'] as const) {
    const axis = axes.findIndex(({ name, size }) => name === wish[side] && size > 1);
    if (axis >= 0 && spec[side] !== null) spec = withAxis(spec, side, axis);
  }
  const { x, y } = spec;
  const fixed = axes.map((axis, a) => (a === x || a === y ? null : heldPosition(axis, wish.at?.[axis.name])));
  return { ...spec, fixed, aggregate: AGGREGATES.find((name) => name === wish.fold) ?? 'best' };
}

/** Where an axis that is not shown stands; null: all its values are folded. */
function heldPosition(axis: Axis, label: string | undefined): number | null {
  if (axis.size === 1) return 0;
  if (label === '') return null;
  if (label !== undefined)
    for (let at = 0; at < Math.min(axis.size, MOST_LABELS); at++) if (axisLabel(axis, at) === label) return at;
  return isOrdered(axis) ? null : defaultPosition(axis);
}

/** What is looked at, as a link says it. */
export function spellView(axes: readonly Axis[], metric: string, spec: SurfaceSpec, filter = ''): LinkView {
  const name = (axis: number | null): string | undefined => (axis === null ? undefined : axes[axis]?.name);
  const x = name(spec.x);
  const y = name(spec.y);
  const at = Object.fromEntries(
    axes.flatMap((axis, a) => {
      const position = spec.fixed[a] ?? null;
      if (a === spec.x || a === spec.y || axis.size === 1 || position === heldPosition(axis, undefined)) return [];
      return [[axis.name, position === null ? '' : axisLabel(axis, position)]];
    }),
  );
  return {
    metric,
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(spec.aggregate === 'best' ? {} : { fold: spec.aggregate }),
    ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
    ...(Object.keys(at).length === 0 ? {} : { at }),
  };
}

const MOST_LABELS = 100_000;
const NOTHING: SurfaceSpec = { x: null, y: null, fixed: [], aggregate: 'best', column: 0, direction: 'max' };
