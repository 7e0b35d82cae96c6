import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Axis } from '../space/axis.ts';
import type { Direction } from './direction.ts';
import { medianInPlace } from './median.ts';
import { createBox } from './neighbourhood.ts';
import { isOrdered } from './spec.ts';
import { createLookup } from './trial-lookup.ts';

/** The two trials that are always named. −1 where there is none. */
export interface Leaders {
  readonly best: number; // row with the best value of its own
  readonly robust: number; // row with the best neighbourhood; ties by its own value
}

/** @param score of the rows' neighbourhoods */
export function findLeaders(rows: Rows, column: number, direction: Direction, score: Float64Array, count: number): Leaders {
  const values = rows.columns[column]!;
  const sign = direction === 'max' ? 1 : -1;
  let best = -1;
  let robust = -1;
  for (let row = 0; row < count; row++) {
    const value = sign * values[row]!;
    if (rows.states[row] !== COMPLETE || Number.isNaN(value)) continue;
    if (best < 0 || value > sign * values[best]!) best = row;
    const around = sign * score[row]!;
    if (!(around > Number.NEGATIVE_INFINITY)) continue; // not defined, or most of the neighbours have no value
    const lead = robust < 0 ? Number.NEGATIVE_INFINITY : sign * score[robust]!;
    if (around > lead || (around === lead && value > sign * values[robust]!)) robust = row;
  }
  return { best, robust };
}

/** An ordered axis on whose first or last value a trial lies: better ones may lie beyond. */
export interface EdgeFlag {
  readonly axis: number;
  readonly end: 'low' | 'high';
}

export function edgesOf(rows: Rows, row: number, axes: readonly Axis[]): EdgeFlag[] {
  return axes.flatMap((axis, a): EdgeFlag[] => {
    if (!isOrdered(axis) || axis.size < 3) return [];
    const at = rows.positions[a]![row]!;
    if (at === 0) return [{ axis: a, end: 'low' }];
    return at === axis.size - 1 ? [{ axis: a, end: 'high' }] : [];
  });
}

/** From so many median distances above its neighbours on, a trial stands alone. */
const LONELY = 5;

/** How far a trial stands out of its neighbours. */
export interface Peak {
  readonly median: number; // of the neighbours, the trial itself left out
  readonly spread: number; // their median distance from it
  /** (own value − median) ÷ spread, above 0 where the trial is better; Infinity over neighbours that are all alike; NaN without. */
  readonly height: number;
}

/** Whether the best trial stands alone: far above its neighbours, and not in the broad region. */
export function isLonely(of: { peak: Peak | null; leaders: Leaders; region: { readonly rows: Uint32Array } | null }): boolean {
  if (of.peak === null || !(of.peak.height >= LONELY)) return false;
  return of.region?.rows.includes(of.leaders.best) !== true;
}

export function peakOf(
  rows: Rows,
  row: number,
  axes: readonly Axis[],
  column: number,
  direction: Direction,
  reach: number,
  count: number,
): Peak {
  const lookup = createLookup(
    rows,
    axes.map(({ size }) => size),
    count,
  );
  const box = createBox(rows, axes, reach, lookup);
  const size = box.around(row);
  const worse = direction === 'max' ? -1 : 1;
  const values = new Float64Array(size);
  let others = 0;
  for (let i = 0; i < size; i++) {
    const other = box.rows[i]!;
    if (other === row) continue;
    const value = rows.columns[column]![other]!;
    values[others++] = rows.states[other] === COMPLETE && value === value ? value : worse * Number.POSITIVE_INFINITY;
  }
  if (others === 0) return { median: NaN, spread: NaN, height: NaN };
  const median = medianInPlace(values, others, worse);
  for (let i = 0; i < others; i++) values[i] = values[i] === median ? 0 : Math.abs(values[i]! - median);
  const spread = medianInPlace(values, others, 1);
  const above = -worse * (rows.columns[column]![row]! - median);
  const height = spread > 0 ? above / spread : above > 0 ? Number.POSITIVE_INFINITY : 0;
  return { median, spread, height: Number.isNaN(height) ? Number.POSITIVE_INFINITY : height };
}
