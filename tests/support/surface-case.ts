import { METRICS } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, EXCLUDED, FAILED, NO_TRADES, PENDING, RUINED } from '../../src/metrics/state.ts';
import { createBrush, has, type Condition } from '../../src/results/brush.ts';
import { rankDirection } from '../../src/results/direction.ts';
import { createDistribution } from '../../src/results/distribution.ts';
import { createQuestions } from '../../src/results/questions.ts';
import type { Aggregate, SurfaceSpec } from '../../src/results/spec.ts';
import { createSurface } from '../../src/results/surface.ts';
import type { Axis } from '../../src/space/axis.ts';
import { colorScale, colorTable, type Palette } from '../../src/ui/colors.ts';
import { colorCells } from '../../src/ui/surfaces/cells.ts';
import { contourLevels, surfaceContours } from '../../src/ui/surfaces/map-levels.ts';

/** A grid of trials as a person writes it. */
export interface SurfaceCase {
  readonly metric: string;
  readonly axes: readonly { readonly name: string; readonly values: readonly (number | string)[] }[];
  /** In trial order, the first axis slowest; a word is the state of a trial without a value. */
  readonly trials: readonly (number | 'none' | 'ruined' | 'failed' | 'out' | 'waiting')[];
  readonly x: string;
  readonly y: string;
  readonly at?: Readonly<Record<string, number>>; // position of a held axis; the others are folded
  readonly fold?: Aggregate;
  readonly brush?: readonly Condition[];
}

const STATES = { none: NO_TRADES, ruined: RUINED, failed: FAILED, out: EXCLUDED, waiting: PENDING } as const;

/** What the views compute of it. @param tokens text of the style sheet that holds the maps */
export function drawnSurface(of: SurfaceCase, tokens: string): unknown {
  const axes = of.axes.map(axisOf);
  const rows = rowsOf(of, axes);
  const count = rows.rowCount;
  const metric = METRICS[rows.metrics[0]!]!;
  const index = (name: string): number => axes.findIndex((axis) => axis.name === name);
  const spec: SurfaceSpec = {
    x: index(of.x),
    y: index(of.y),
    fixed: axes.map(({ name }) => of.at?.[name] ?? null),
    aggregate: of.fold ?? 'best',
    column: 0,
    direction: rankDirection(metric.direction),
  };
  const surface = createSurface(
    rows,
    axes.map(({ size }) => size),
    spec,
    null,
  );
  surface.rebuild(count);
  const distribution = createDistribution(rows, 0);
  distribution.update(0, count);
  const scale = colorScale(distribution, metric.signed, null);
  const { width, height } = surface;
  const pixels = new Uint32Array(width * height);
  colorCells(surface, scale, lightPalette(tokens), { x0: 0, y0: 0, x1: width - 1, y1: height - 1 }, pixels);
  const brush = createBrush(rows);
  brush.update(0, count);
  brush.set(of.brush ?? []);
  const mask = brush.mask();
  const questions = createQuestions(rows, axes, (bytes) => new ArrayBuffer(bytes));
  const survey = questions.survey({ column: 0, direction: spec.direction, reach: 1, count });
  return {
    scale: [scale.low, scale.high],
    cells: Array.from({ length: height }, (_, line) =>
      [...pixels.subarray(line * width, (line + 1) * width)].map(hex).join(' '),
    ),
    contours: surfaceContours(surface, contourLevels(scale)).map(({ level, segments }) => ({
      level: digits(level),
      pieces: Array.from({ length: segments.length / 4 }, (_, i) =>
        [...segments.subarray(4 * i, 4 * i + 4)].map(digits).join(' '),
      ),
    })),
    brushed: mask === null ? null : Array.from({ length: count }, (_, row) => row).filter((row) => has(mask, row)),
    leaders: survey.leaders,
    plateau: survey.region === null ? null : [...survey.region.rows],
    around: [...survey.columns.score].map(digits),
  };
}

function axisOf({ name, values }: SurfaceCase['axes'][number]): Axis {
  const size = values.length;
  if (typeof values[0] === 'string') {
    const names = values.map(String);
    return { kind: 'choice', name, size, allNames: names, names, fallback: names[0]! };
  }
  const [low, next] = values.map(Number) as [number, number];
  const step = size > 1 ? next - low : 1;
  const high = low + (size - 1) * step;
  return { kind: 'range', name, size, lowUnits: low, stepUnits: step, decimals: 0, highUnits: high, fallback: low };
}

function rowsOf({ metric, trials }: SurfaceCase, axes: readonly Axis[]): Rows {
  const index = METRICS.findIndex(({ key }) => key === metric);
  const rows = createRows(
    { rowCount: trials.length, axisCount: axes.length, metrics: [index] },
    (bytes) => new ArrayBuffer(bytes),
  );
  trials.forEach((trial, row) => {
    rows.states[row] = typeof trial === 'number' ? COMPLETE : STATES[trial];
    rows.columns[0]![row] = typeof trial === 'number' ? trial : NaN;
    let rest = row;
    for (let a = axes.length - 1; a >= 0; a--) {
      rows.positions[a]![row] = rest % axes[a]!.size;
      rest = Math.floor(rest / axes[a]!.size);
    }
  });
  return rows;
}

/** The maps of the light theme; what is not a cell's colour is left out. */
function lightPalette(tokens: string): Palette {
  const read = (token: string): string => new RegExp(`--${token}: ([^;]+);`).exec(tokens)?.[1] ?? '';
  const [diverging, sequential] = [colorTable(read('map-diverging')), colorTable(read('map-sequential'))];
  const [lossWeak, faultWeak] = [read('loss-weak'), read('fault-weak')];
  return { diverging, sequential, lossWeak, faultWeak } as Palette;
}

/** `......` for a cell without a colour. */
function hex(packed: number): string {
  if (packed >>> 24 === 0) return '......';
  return [packed & 255, (packed >>> 8) & 255, (packed >>> 16) & 255].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const digits = (value: number): number => Number(value.toFixed(4)) + 0;
