import type { NodeId, Plan } from '../strategy/plan.ts';
import type { Evaluator } from './evaluator.ts';

/** Numbers and series of a Plan that are read at single bars: per node a column, or a number where the column is empty. */
export interface Amounts {
  readonly nodes: readonly NodeId[];
  readonly columns: Float64Array[];
  readonly numbers: Float64Array;
}

const NONE = new Float64Array(0);

export function createAmounts(nodes: readonly NodeId[]): Amounts {
  return { nodes, columns: nodes.map(() => NONE), numbers: new Float64Array(nodes.length) };
}

/** Looks the nodes up for the evaluator's trial; valid until its next one. */
export function loadAmounts({ nodes, columns, numbers }: Amounts, plan: Plan, evaluator: Evaluator): void {
  for (let k = 0; k < nodes.length; k++) {
    const id = nodes[k]!;
    if (plan.nodes[id]!.type === 'number') evaluator.number(id, numbers, k);
    else columns[k] = evaluator.series(id);
  }
}

export function amountAt({ columns, numbers }: Amounts, k: number, bar: number): number {
  const column = columns[k]!;
  return column.length > 0 ? column[bar]! : numbers[k]!;
}
