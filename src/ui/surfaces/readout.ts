import { METRICS, type Metric } from '../../metrics/columns.ts';
import type { Rows } from '../../metrics/rows.ts';
import { positionsOfRow } from '../../results/lookup.ts';
import {
  CELL_EXCLUDED,
  CELL_FAILED,
  CELL_NO_TRADES,
  CELL_NOT_RUN,
  CELL_RUINED,
  CELL_UNDEFINED,
  CELL_WARMUP,
  type Surface,
} from '../../results/surface.ts';
import { isFolded } from '../../results/spec.ts';
import { axisLabel, type Axis } from '../../space/axis.ts';
import { formatMetric } from '../format.ts';

/** What a cell says when it is pointed at; also its text for people who do not see it. */
export interface Readout {
  readonly place: readonly { readonly name: string; readonly value: string }[]; // axis values
  readonly headline: string; // the displayed metric, or why there is none
  readonly lines: readonly { readonly name: string; readonly value: string }[]; // the row's other metrics
  readonly row: number; // −1: nothing to open
}

const REASONS: Readonly<Record<number, string>> = {
  [CELL_NOT_RUN]: 'not run yet',
  [CELL_EXCLUDED]: 'left out by a constraint',
  [CELL_NO_TRADES]: 'no trades',
  [CELL_RUINED]: 'ruined: the equity fell to zero',
  [CELL_WARMUP]: 'not enough bars',
  [CELL_FAILED]: 'failed',
};

/** Why a cell has no value, in words. */
export function reasonText(reason: number, metric: Metric): string {
  if (reason === CELL_UNDEFINED)
    return `${metric.name} is not defined${metric.undefinedWhen === '' ? '' : ': ' + metric.undefinedWhen}`;
  return REASONS[reason] ?? '';
}

/** @param cell of the surface */
export function describeCell(surface: Surface, cell: number, rows: Rows, axes: readonly Axis[]): Readout {
  const { spec, width } = surface;
  const row = surface.rows[cell]!;
  const x = cell % width;
  const positions: (number | null)[] = [...spec.fixed];
  if (spec.x !== null) positions[spec.x] = x;
  if (spec.y !== null) positions[spec.y] = (cell - x) / width;
  const shown = row >= 0 ? positionsOfRow(rows, row) : positions;
  const place = axes.flatMap((axis, a) => {
    const at = shown[a] ?? null;
    return at === null ? [] : [{ name: axis.name, value: axisLabel(axis, at) }];
  });
  const metric = METRICS[rows.metrics[spec.column]!]!;
  const value = surface.values[cell]!;
  const name = isFolded(axes, spec) ? `${metric.name}, ${spec.aggregate}` : metric.name;
  const headline = Number.isNaN(value)
    ? reasonText(surface.reasons[cell]!, metric)
    : `${name} ${formatMetric(metric.key, value)}`;
  const lines = Number.isNaN(value) || row < 0 ? [] : describeRow(rows, row);
  return { place, headline, lines, row };
}

/** Every stored metric of a row, in column order. */
export function describeRow(rows: Rows, row: number): { name: string; value: string }[] {
  return rows.metrics.map((index, k) => {
    const { key, name } = METRICS[index]!;
    return { name, value: formatMetric(key, rows.columns[k]![row]!) };
  });
}

/** `fast 20, slow 94: Sharpe 0.61` */
export function readoutText({ place, headline }: Readout): string {
  const where = place.map(({ name, value }) => `${name} ${value}`).join(', ');
  return where === '' ? headline : `${where}: ${headline}`;
}
