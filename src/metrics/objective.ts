import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { readFormula, type Formula, type FormulaName } from '../language/formula.ts';
import { BLOCK_COLUMN, BLOCK_MOMENTS } from './blocks.ts';
import { SELECTABLE_KEYS, metricIndex, METRICS, OBJECTIVE_COLUMN, type ColumnKey, type StorableKey } from './columns.ts';

export type { Formula };

/** What a study ranks by: a metric in its own direction, or an expression over metrics, of which more is better. */
export type Objective =
  | { readonly kind: 'metric'; readonly column: number } // index into METRICS
  | { readonly kind: 'expression'; readonly column: number; readonly formula: Formula }; // its slots are indices into METRICS

const NAMES: ReadonlyMap<string, FormulaName> = new Map(SELECTABLE_KEYS.map((key) => [key, { slot: metricIndex(key) }]));

/** Names of metrics in a formula whose values stand in the order of METRICS. */
export const METRIC_NAMES: ReadonlyMap<string, FormulaName> = NAMES;

/** Reads `sharpe` or `sharpe * min(1, trades / 100)`. */
export function readObjective(text: string): Outcome<Objective> {
  const column = METRIC_NAMES.get(text.trim())?.slot;
  if (column !== undefined) return ok({ kind: 'metric', column });
  const formula = readFormula(text, 'number', { names: METRIC_NAMES, what: 'metrics' });
  if (!formula.ok) return formula;
  if (formula.value.slots.length === 0) {
    const message = 'The objective names no metric, so that every trial would be equal.';
    return failed(fault('objective_constant', message, 'Use a metric, as in `sharpe`.'));
  }
  return ok({ kind: 'expression', column: OBJECTIVE_COLUMN, formula: formula.value });
}

/** The key of the column that an objective is ranked by. */
export function objectiveKey(objective: Objective): ColumnKey {
  return METRICS[objective.column]!.key;
}

/**
 * The columns that a study stores, as of Rows: what it selects, and what it ranks by and its search reads. An expression's column
 * comes first, block moments last; metrics that the expression reads are computed but not stored for it.
 * @param read by the search, as indices into METRICS
 */
export function storedColumns(
  selected: readonly StorableKey[],
  objective: Objective,
  read: readonly number[] = [],
): readonly number[] {
  const columns = selected.flatMap((key) => (key === BLOCK_MOMENTS ? [] : [metricIndex(key)]));
  const ranked = columns.includes(objective.column) ? [] : [objective.column];
  const blocks = selected.includes(BLOCK_MOMENTS) ? [BLOCK_COLUMN] : [];
  return [...new Set([...ranked, ...columns, ...read]), ...blocks];
}

/** The formula that workers evaluate; empty where the study ranks by a metric. */
export function formulaOf(objective: Objective): { readonly objective?: Formula } {
  return objective.kind === 'expression' ? { objective: objective.formula } : {};
}

/** Metrics that must be computed for these columns, as indices into METRICS. */
export function computedColumns(columns: readonly number[], objective?: Formula): readonly number[] {
  return [...new Set([...columns, ...(objective?.slots ?? [])])];
}
