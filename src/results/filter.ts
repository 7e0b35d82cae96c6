import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { readFormula, type FormulaName } from '../language/formula.ts';
import { evaluateScalar } from '../language/scalar.ts';
import { METRICS } from '../metrics/columns.ts';
import { METRIC_NAMES } from '../metrics/objective.ts';
import type { Rows } from '../metrics/rows.ts';
import { PENDING } from '../metrics/state.ts';
import { axisValue, type Axis } from '../space/axis.ts';

/** Which rows are shown: `trades >= 30 and maxDrawdown > -0.3 and fast < 20`. */
export interface RowFilter {
  readonly text: string;
  /** Whether the condition holds; never for a row that was not run. A comparison with an undefined metric is false. */
  keeps(row: number): boolean;
  /** Of rows in any order, those that it keeps, in that order. */
  select(rows: Uint32Array): Uint32Array;
}

/** Reads a filter over a study's stored metrics, `objective`, and the names of its axes; an axis hides a metric of its name. */
export function readFilter(text: string, rows: Rows, axes: readonly Axis[]): Outcome<RowFilter> {
  const names = new Map<string, FormulaName>(METRIC_NAMES);
  const columns = new Map<number, Float64Array>();
  rows.metrics.forEach((metric, column) => {
    columns.set(metric, rows.columns[column]!);
    names.set(METRICS[metric]!.key, { slot: metric });
  });
  axes.forEach((axis, a) => names.set(axis.name, nameOfAxis(axis, METRICS.length + a)));
  const read = readFormula(text, 'truth', { names, what: 'metrics and parameters' });
  if (!read.ok) return read;
  const { expr, slots } = read.value;
  const absent = slots.find((slot) => slot < METRICS.length && !columns.has(slot));
  if (absent !== undefined) {
    const { key, name } = METRICS[absent]!;
    const message = `${name} (\`${key}\`) is not stored by this run.`;
    return failed(fault('metric_not_stored', message, 'Select it under “Stored metrics” and run again.'));
  }
  const values = new Float64Array(METRICS.length + axes.length);
  const metricSlots = slots.filter((slot) => slot < METRICS.length);
  const axisSlots = slots.filter((slot) => slot >= METRICS.length);

  function keeps(row: number): boolean {
    if (rows.states[row] === PENDING) return false;
    for (const slot of metricSlots) values[slot] = columns.get(slot)![row]!;
    for (const slot of axisSlots) {
      const a = slot - METRICS.length;
      values[slot] = axisValue(axes[a]!, rows.positions[a]![row]!);
    }
    return evaluateScalar(expr, values) !== 0;
  }

  return ok({ text: read.value.text, keeps, select: (of) => of.filter(keeps) });
}

function nameOfAxis(axis: Axis, slot: number): FormulaName {
  if (axis.kind === 'choice') return { slot, words: axis.allNames };
  return axis.kind === 'flag' ? { slot, truth: true } : { slot };
}
