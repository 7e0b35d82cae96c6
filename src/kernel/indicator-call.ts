import { findIndicator } from '../indicators/catalogue.ts';
import { computationOf } from '../indicators/computations.ts';
import { isExact, type Compute } from '../indicators/indicator.ts';
import type { SeriesNode } from '../strategy/plan.ts';

/** A call of an indicator's computation; its inputs and parameters are filled in before each. */
export interface IndicatorCall {
  readonly compute: Compute;
  readonly exact: readonly boolean[]; // per input, whether its decimals count
  readonly inputs: Float64Array[];
  readonly params: number[];
  readonly context: { decimals: number };
}

export function indicatorCall(node: Extract<SeriesNode, { op: 'indicator' }>): IndicatorCall {
  const exact = findIndicator(node.name)?.inputs.map(isExact) ?? [];
  const compute = computationOf(node.name);
  return { compute, exact, inputs: [], params: node.params.map(() => 0), context: { decimals: -1 } };
}
