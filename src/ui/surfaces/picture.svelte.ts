import { METRICS } from '../../metrics/columns.ts';
import { has } from '../../results/brush.ts';
import { cropAxis, cropSurface, type Crop } from '../../results/crop.ts';
import { isFolded } from '../../results/spec.ts';
import { bestCell, type Surface } from '../../results/surface.ts';
import type { Axis } from '../../space/axis.ts';
import type { Study } from '../../study/study.svelte.ts';
import type { ColorScale } from '../colors.ts';
import { createSteadyScale } from '../panels/steady-scale.ts';
import type { CellBox } from './drag.svelte.ts';
import { contourLevels, surfaceContours } from './map-levels.ts';
import type { MapLines } from './map-lines.ts';
import { shownOf, type Shown } from './shown.ts';

const LARGE = 100_000; // cells: up to here all is told at once
const REST_MS = 120;

const SHARE: ColorScale = { signed: false, low: 0, high: 1, step: 0.1, clampedLow: false, clampedHigh: false };

/** What the pictures of the surface share: the cells as far as they are shown, their colours, and everything marked on them. */
export class SurfacePicture {
  readonly #study: Study;
  readonly #steady = createSteadyScale();
  contoursOn = $state(true);

  #rested = $state.raw<Surface | Crop | null>(null);

  /** Made while a component is made. */
  constructor(study: Study) {
    this.#study = study;
    $effect(() => {
      const { surface } = this;
      if (surface === null || surface.values.length <= LARGE) return;
      const timer = setTimeout(() => (this.#rested = surface), REST_MS);
      return () => clearTimeout(timer);
    });
  }

  readonly live: boolean = $derived.by(() => this.#study.run.state === 'running');

  readonly shown: Shown | null = $derived.by(() => {
    const { view } = this.#study;
    const metric = METRICS[view.rows?.metrics[view.column] ?? -1];
    if (metric === undefined) return null;
    const shown = shownOf(metric, view.shownMeasure, isFolded(view.axes, view.spec) ? view.spec.aggregate : null);
    // The surface then is of the best trials alone.
    const partial = view.condensed.held !== null && view.surface?.counts === undefined;
    return partial ? { ...shown, blank: 'none of the best trials' } : shown;
  });

  readonly scale: ColorScale | null = $derived.by(() => {
    const { view } = this.#study;
    void view.version;
    const distribution = view.shownDistribution;
    if (this.shown === null || distribution === null) return null;
    if (this.shown.share) return SHARE;
    return this.#steady({ key: distribution, distribution, signed: this.shown.signed, widen: this.live });
  });

  /** The cells that are shown: all of the surface, or the part that was zoomed into. */
  readonly surface: Surface | Crop | null = $derived.by(() => {
    const { surface, zoom } = this.#study.view;
    if (surface === null || zoom === null) return surface;
    void this.#study.view.version;
    return cropSurface(surface, zoom);
  });

  /** The surface once it rests: what is told of a large one besides its cells waits until no slider moves. */
  readonly calm: Surface | Crop | null = $derived.by(() => {
    const { surface } = this;
    return surface === null || surface.values.length <= LARGE || surface === this.#rested ? surface : null;
  });

  readonly xAxis: Axis | null = $derived.by(() => this.#part('x'));
  readonly yAxis: Axis | null = $derived.by(() => this.#part('y'));

  #part(side: 'x' | 'y'): Axis | null {
    const { view } = this.#study;
    const axis = view.spec[side] === null ? undefined : view.axes[view.spec[side]];
    if (axis === undefined) return null;
    return view.zoom === null ? axis : cropAxis(axis, view.zoom[side][0], view.zoom[side][1]);
  }

  /** The cell of the best trial in this picture, −1 for none. */
  readonly best: number = $derived.by(() => {
    const { view } = this.#study;
    void view.version;
    if (this.surface === null) return -1;
    if (view.shownMeasure === 'trial') return bestCell(this.surface);
    return view.survey === null ? -1 : this.surface.cellOf(view.survey.leaders.best);
  });

  /** The cell of the most robust trial in this picture, −1 for none. */
  readonly robust: number = $derived.by(() => {
    const { view } = this.#study;
    void view.version;
    const score = view.survey?.columns.score;
    if (this.surface === null || score === undefined) return -1;
    const whole = this.surface.cellOf(view.survey!.leaders.robust);
    if (whole >= 0 || this.calm === null) return whole;
    return mostRobust(this.calm, score, view.direction === 'max' ? 1 : -1);
  });

  readonly region: Uint8Array | null = $derived.by(() => {
    const { survey } = this.#study.view;
    const surface = this.calm;
    const rows = survey?.region?.rows;
    if (surface === null || rows === undefined || rows.length < 2) return null;
    const cells = new Uint8Array(surface.values.length);
    let some = false;
    for (const row of rows) {
      const cell = surface.cellOf(row);
      if (cell < 0) continue;
      cells[cell] = 1;
      some = true;
    }
    return some ? cells : null;
  });

  readonly brushed: Uint8Array | null = $derived.by(() => {
    const { view } = this.#study;
    const { mask } = view.selection;
    const { surface } = this;
    void view.version;
    if (mask === null || surface === null) return null;
    const cells = new Uint8Array(surface.values.length);
    if (!isFolded(view.axes, view.spec)) {
      const { rows } = surface;
      for (let cell = 0; cell < cells.length; cell++) if (rows[cell]! >= 0 && has(mask, rows[cell]!)) cells[cell] = 1;
      return cells;
    }
    const cellOf = this.#cells;
    for (let w = 0; w < mask.words.length; w++) {
      for (let bits = mask.words[w]!; bits !== 0; bits &= bits - 1) {
        const cell = cellOf[(w << 5) + 31 - Math.clz32(bits & -bits)]!;
        if (cell >= 0) cells[cell] = 1;
      }
    }
    return cells;
  });

  /** The cell of every row, for brushes that follow the pointer. */
  readonly #cells: Int32Array = $derived.by(() => {
    const { surface } = this;
    const cells = new Int32Array(this.#study.view.rows?.rowCount ?? 0);
    if (surface !== null) for (let row = 0; row < cells.length; row++) cells[row] = surface.cellOf(row);
    return cells;
  });

  readonly levels: readonly number[] = $derived.by(() =>
    this.contoursOn && this.scale !== null ? contourLevels(this.scale) : [],
  );

  readonly #contours = $derived.by(() => {
    const { view } = this.#study;
    // While cells arrive the lines follow at the pace of the cards.
    void (this.live ? view.cardVersion : view.version);
    return this.calm === null || this.levels.length === 0 ? [] : surfaceContours(this.calm, this.levels);
  });

  readonly lines: MapLines = $derived.by(() => ({ contours: this.#contours, region: this.region, brushed: this.brushed }));

  /** The rectangle that is brushed over both shown axes, in cells of this picture. */
  readonly picked: CellBox | null = $derived.by(() => {
    const { view } = this.#study;
    const [across, up] = (['x', 'y'] as const).map((side) =>
      view.selection.conditions.find((one) => one.kind === 'axis' && one.axis === view.spec[side]),
    );
    if (across === undefined || up === undefined || this.surface === null) return null;
    const [dx, dy] = [view.zoom?.x[0] ?? 0, view.zoom?.y[0] ?? 0];
    const cut = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
    return {
      x0: cut(across.low - dx, this.surface.width),
      x1: cut(across.high - dx, this.surface.width),
      y0: cut(up.low - dy, this.surface.height),
      y1: cut(up.high - dy, this.surface.height),
    };
  });
}

function mostRobust({ rows }: Surface, score: Float64Array, sign: number): number {
  let found = -1;
  let top = Number.NEGATIVE_INFINITY;
  for (let cell = 0; cell < rows.length; cell++) {
    const value = rows[cell]! < 0 ? NaN : sign * score[rows[cell]!]!;
    if (!(value > top)) continue;
    top = value;
    found = cell;
  }
  return found;
}
