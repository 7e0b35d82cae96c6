import { evaluateScalar, type ScalarExpr } from '../language/scalar.ts';
import type { Rows } from '../metrics/rows.ts';
import { COMPLETE, PARTIAL } from '../metrics/state.ts';
import type { Archive } from './archive.ts';

/** One thing that a search makes large or small. */
export interface Goal {
  readonly metric: number; // index into METRICS; the rows store it
  readonly direction: 'max' | 'min';
}

/** A condition over metrics that trials must keep. Plain data. */
export interface Limit {
  readonly expr: ScalarExpr; // its `axis` numbers are indices into METRICS
  readonly slots: readonly number[]; // that it reads; the rows store them
}

/** Writes the scores of a told row into the archive. */
export type Scorer = (rows: Rows, row: number, archive: Archive) => void;

/**
 * Scores are the goals' metrics, turned so that larger is better. A trial that is not complete, or whose metric is no number,
 * scores −∞ and never wins. One that breaks a limit scores below every one that keeps them, by how far it is off, so that a
 * search finds its way to trials that keep them.
 */
export function createScorer(goals: readonly Goal[], limit: Limit | null): Scorer {
  const signs = goals.map(({ direction }) => (direction === 'min' ? -1 : 1));
  const values = new Float64Array(1 + Math.max(0, ...(limit?.slots ?? [])));
  const column = (rows: Rows, metric: number): Float64Array | undefined => rows.columns[rows.metrics.indexOf(metric)];
  return (rows, row, archive) => {
    const state = rows.states[row];
    const scored = state === COMPLETE || state === PARTIAL;
    if (scored && limit !== null) for (const slot of limit.slots) values[slot] = column(rows, slot)?.[row] ?? NaN;
    const off = scored && limit !== null ? distance(limit.expr, values) : 0;
    for (let k = 0; k < goals.length; k++) {
      const value = scored ? signs[k]! * (column(rows, goals[k]!.metric)?.[row] ?? NaN) : NaN;
      archive.setScore(row, k, scoreOf(value, off));
    }
  };
}

function scoreOf(value: number, off: number): number {
  if (Number.isNaN(value)) return -Infinity;
  return off > 0 ? -1e300 * off : Math.max(value, -1e290);
}

/** 0 where a condition holds, otherwise how far off it is, above 0 to 1: the gap of its comparisons against their sides. */
function distance(expr: ScalarExpr, values: ArrayLike<number>): number {
  if (evaluateScalar(expr, values) !== 0) return 0;
  switch (expr.op) {
    case 'and':
      return (distance(expr.left, values) + distance(expr.right, values)) / 2;
    case 'or':
      return Math.min(distance(expr.left, values), distance(expr.right, values));
    case 'compare': {
      const left = evaluateScalar(expr.left, values);
      const right = evaluateScalar(expr.right, values);
      const gap = Math.abs(left - right) / (Math.abs(left) + Math.abs(right));
      return gap > 0 && gap < 1 ? gap : gap === 0 ? 1e-9 : 1;
    }
    default:
      return 1;
  }
}
