import { untrack } from 'svelte';
import type { LinkView } from '../document/link.ts';
import { METRICS } from '../metrics/columns.ts';
import type { Outcome } from '../core/fault.ts';
import { objectiveKey } from '../metrics/objective.ts';
import type { RowRange } from '../schedule/chunks.ts';
import { type Direction } from '../results/direction.ts';
import type { Distribution } from '../results/distribution.ts';
import { positionsOfRow, rowOf } from '../results/lookup.ts';
import type { RowFilter } from '../results/filter.ts';
import type { Condensed } from '../results/condensed.ts';
import type { Ranking } from '../results/ranking.ts';
import type { Sorting } from '../results/questions.ts';
import type { SurfaceSpec } from '../results/spec.ts';
import type { Surface } from '../results/surface.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Axis } from '../space/axis.ts';
import { CondensedView } from './condensed-view.svelte.ts';
import type { Readings } from './run-parts.ts';
import type { RunSubject } from './run.svelte.ts';
import { Selection } from './selection.svelte.ts';
import type { JudgedSurvey, Measure, Picture, Zoom } from './look.ts';

const LISTED = 500;

/** Which picture of the results is shown, and the one selection that every picture shares. */
export class View {
  #subject = $state.raw<RunSubject | null>(null);
  #rows = $state.raw<Rows | null>(null);
  readonly condensed = new CondensedView();
  #count = $state(0); // rows that have positions
  #finished = $state(false);
  #whole = $state(false); // every trial of the space has run
  #spec = $state.raw<SurfaceSpec>(NOTHING);
  #version = $state(0);
  #tableVersion = $state(0);
  #cardVersion = $state(0);
  #readings!: Readings; // there from the first run on, as rows are
  #inOrder = true; // rows lie in trial order
  #wish: LinkView = {};
  #shown: LinkView = {}; // of the link that this run was begun from
  #survey = $state.raw<JudgedSurvey | null>(null);
  settled = $state(false); // all that will be known of the finished study is known
  #order = $state.raw<Uint32Array | null>(null);
  #own = $state.raw<{ readonly for: number; readonly sorting: Sorting } | null>(null);
  #filterText = $state('');
  readonly selection = new Selection();
  /** Which of the tabs below the surface is open, by its id. */
  tab = $state('table');
  picture = $state<Picture>('map');
  measure = $state<Measure>('trial');
  /** Steps to either side that make a neighbourhood. */
  reach = $state<1 | 2>(1);
  /** The part of the map that is shown, in positions, both ends included; null: all of it. */
  zoom = $state.raw<Zoom | null>(null);
  #distributions: InstanceType<Readings['Distributions']> | null = null;
  #memory: ReturnType<Readings['createCellMemory']> | null = null;

  get rows(): Rows | null {
    return this.#rows;
  }
  get count(): number {
    return this.#count;
  }
  get finished(): boolean {
    return this.#finished;
  }
  get whole(): boolean {
    return this.#whole;
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
    return this.#readings.readFilter(this.#filterText, rows, this.axes);
  });

  readonly surface: Surface | null = $derived.by(() => {
    const rows = this.shownRows;
    const space = this.#subject?.space;
    if (rows === null || space === undefined) return null;
    const sizes = space.axes.map(({ size }) => size);
    const condensed = this.condensed.surface(this.#spec, sizes);
    if (condensed !== null) return condensed;
    const spec = this.shownMeasure === 'roughness' ? { ...this.#spec, direction: 'min' as const } : this.#spec;
    const whole = untrack(() => this.#whole); // the constraints then have nothing more to say
    const { closeSurface, createSurface, excludedCells } = this.#readings;
    const begin = { count: untrack(() => this.#count), cells: this.#memory!(spec, sizes) };
    // Rows that arrive later are added to this surface, they do not make a new one.
    const surface = createSurface(rows, sizes, spec, whole ? null : excludedCells(space, spec), begin);
    if (whole) closeSurface(surface);
    return surface;
  });

  /** Best rows by the shown metric while the study runs. */
  readonly ranking: Ranking | null = $derived.by(() => {
    const rows = this.#rows;
    if (rows === null) return null;
    void this.condensed.version;
    const ranking = this.#readings.createRanking(rows, this.column, this.direction, LISTED);
    const count = untrack(() => this.#count);
    ranking.update(0, count);
    return ranking;
  });

  /** Rows in the table's order, brushed and filtered, once the study has ended; null until it is known. */
  get order(): Uint32Array | null {
    return this.#order;
  }

  sorted(order: Uint32Array): void {
    this.#order = order;
  }

  /**
   * How the table is ordered: as a person chose, otherwise by the neighbourhoods where every trial of the space has run and they
   * are known, otherwise by the shown metric. Null while that is still being worked out.
   */
  readonly sorting: Sorting | null = $derived.by(() => {
    const { column, direction, survey } = this;
    const own = this.#own;
    if (own !== null && own.for === column && own.sorting.kind !== 'robust') return own.sorting;
    if (own === null && !(this.#whole && this.axes.length > 0)) return { kind: 'metric', column, direction };
    if (survey !== null && survey.leaders.robust >= 0)
      return { kind: 'robust', column, direction, score: survey.columns.score, survey: survey.number };
    return this.settled ? { kind: 'metric', column, direction } : null;
  });

  /** Orders the table otherwise; it falls back when another metric is shown. Null: as it would be. */
  sort(sorting: Sorting | null): void {
    this.#own = sorting === null ? null : { for: this.column, sorting };
  }

  /** What is known of the whole space, for the shown metric; null until it is. */
  readonly survey: JudgedSurvey | null = $derived.by(() => {
    const survey = this.#survey;
    return survey?.column === this.column && survey.reach === this.reach ? survey : null;
  });

  judged(survey: JudgedSurvey): void {
    this.#survey = survey;
  }

  /** No more will be known of the finished study: whoever waited for it goes on without. */
  settle(): void {
    this.settled = true;
    if (this.selected === null) this.#readings.restoreTrials(this, this.#shown);
    const { best, robust } = this.survey?.leaders ?? { best: this.best ?? -1, robust: -1 };
    const first = robust >= 0 ? robust : best;
    if (this.selected === null && first >= 0) this.select(first);
  }

  /** The rows with the shown measure in the place of the shown metric. */
  readonly shownRows: Rows | null = $derived.by(() => {
    const rows = this.#rows;
    if (rows === null || this.measure === 'trial') return rows;
    const columns = this.survey?.columns;
    if (columns === undefined) return rows;
    const { shownColumn, withColumn } = this.#readings;
    return withColumn(rows, this.column, shownColumn(columns, this.measure, this.direction));
  });

  /** What is really shown: the neighbourhoods are shown only once they are known. */
  readonly shownMeasure: Measure = $derived.by(() => (this.shownRows === this.#rows ? 'trial' : this.measure));

  /** Where the shown measure's values lie. */
  readonly shownDistribution: Distribution | null = $derived.by(() => {
    const rows = this.shownRows;
    if (rows === null) return null;
    if (this.surface?.counts !== undefined) return this.#readings.cellDistribution(this.surface);
    if (rows === this.#rows) return this.distribution(this.column);
    const made = this.#readings.createDistribution(rows, this.column);
    const count = untrack(() => this.#count);
    made.update(0, count);
    return made;
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
    this.#distributions?.clear();
    this.#forget();
  }

  /** What was worked out of the rows before. */
  #forget(): void {
    this.#survey = null;
    this.settled = false;
    this.#order = null;
    this.#own = null;
    this.zoom = null;
  }

  /** What the next run will show first. */
  get wished(): LinkView {
    return this.#wish;
  }

  wish(wish: LinkView): void {
    this.#wish = wish;
  }

  /** A run begins: what was looked at before is kept where the new study still has it. */
  begin(subject: RunSubject, rows: Rows, condensed: Condensed | null, readings: Readings): void {
    this.#readings = readings;
    this.#memory ??= readings.createCellMemory();
    const before = this.#subject?.space.axes ?? [];
    const { x, y } = readings.spellView(before, '', this.#spec);
    const wish = {
      ...(x === undefined ? {} : { x }),
      ...(y === undefined ? {} : { y }),
      metric: objectiveKey(subject.objective),
      ...this.#wish,
    };
    this.#filterText = wish.filter ?? this.#filterText;
    this.#wish = {};
    this.#distributions = new readings.Distributions();
    this.#subject = subject;
    const { search } = subject.document;
    this.#inOrder = search.method === 'grid' && search.before === undefined && condensed === null;
    this.condensed.begin(condensed, readings);
    this.#count = 0;
    this.#finished = false;
    this.#whole = false;
    this.#forget();
    this.#spec = readings.wishedSpec(subject.space.axes, rows.metrics, wish);
    this.selection.begin(rows);
    this.#rows = rows;
    this.#shown = wish;
    readings.restoreLook(this, wish);
    this.#all();
  }

  /** Finished rows arrive. */
  ranges(ranges: readonly RowRange[]): void {
    for (const { from, to } of ranges) {
      this.surface?.update(from, to);
      this.ranking?.update(from, to);
      this.#distributions?.update(from, to);
      this.selection.update(from, to);
      if (to > this.#count) this.#count = to;
    }
    this.selection.publish();
    this.#version++;
  }

  committed(): void {
    this.#count = this.condensed.more();
    this.#distributions?.clear();
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

  /** The run has ended; rows [0, count) have positions. @param whole whether every trial of the space has run */
  end(count: number, whole: boolean): void {
    this.#count = count;
    this.#whole = whole && this.condensed.held === null;
    this.#finished = true;
    this.condensed.more(whole);
    if (this.#whole && this.surface !== null) this.#readings.closeSurface(this.surface);
    this.#all();
    if (this.axes.length === 0) this.settle();
  }

  show(spec: SurfaceSpec): void {
    if (spec.x !== this.#spec.x || spec.y !== this.#spec.y) this.zoom = null;
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
    return this.#rows === null ? -1 : rowOf(this.#rows, positions, this.#count, this.#inOrder);
  }

  distribution(column: number): Distribution | null {
    return this.#rows === null ? null : (this.#distributions?.of(this.#rows, column, this.#count) ?? null);
  }
}

const NOTHING: SurfaceSpec = { x: null, y: null, fixed: [], aggregate: 'best', column: 0, direction: 'max' };
