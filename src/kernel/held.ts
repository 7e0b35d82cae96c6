import type { CompareFn, MathFn } from '../language/scalar.ts';
import { applyCompare, applyMath } from '../language/scalar.ts';
import type { HeldTerm, NodeId, Plan } from '../strategy/plan.ts';
import { inputsOf } from '../strategy/nodes.ts';
import { amountAt, createAmounts, loadAmounts, type Amounts } from './amounts.ts';
import type { Evaluator } from './evaluator.ts';
import { heldNodes } from './held-nodes.ts';

/** Places of the terms in a program's registers. */
export const HELD_TERMS = [
  'bars_held',
  'entry_price',
  'max_since_entry',
  'min_since_entry',
  'open_profit',
] as const satisfies readonly HeldTerm[];
export const BARS_HELD = 0;
export const ENTRY_PRICE = 1;
export const MAX_SINCE = 2;
export const MIN_SINCE = 3;
export const OPEN_PROFIT = 4;

/**
 * A condition that reads the position, as steps over registers: the terms, the numbers and series that it reads, the conditions
 * that it reads (1 or 0), then a register for each step's result.
 */
export interface HeldProgram {
  readonly registers: Float64Array;
  readonly amounts: Amounts;
  readonly conditions: readonly NodeId[];
  readonly bitsAt: Int32Array; // per condition: first word in the evaluator's bits
  readonly steps: readonly Step[];
}

interface Step {
  readonly op: 'math' | 'compare' | 'and' | 'or' | 'not' | 'select' | 'same';
  readonly math: MathFn;
  readonly compare: CompareFn;
  readonly left: number; // registers; of `select` the condition, then both values
  readonly right: number;
  readonly third: number;
}

export function compileHeld(plan: Plan, root: NodeId): HeldProgram {
  const reads = heldNodes(plan);
  const own: NodeId[] = []; // nodes of the steps, inputs first
  const leaves = new Set<NodeId>();
  const visit = (id: NodeId): void => {
    const node = plan.nodes[id]!;
    if (node.op === 'held' || own.includes(id)) return;
    if (!reads.has(id)) {
      leaves.add(id);
      return;
    }
    for (const input of inputsOf(node)) visit(input);
    own.push(id);
  };
  visit(root);
  const values = [...leaves].filter((id) => plan.nodes[id]!.type !== 'condition');
  const conditions = [...leaves].filter((id) => plan.nodes[id]!.type === 'condition');
  const places = new Map<NodeId, number>();
  plan.nodes.forEach((node, id) => {
    if (node.op === 'held') places.set(id, HELD_TERMS.indexOf(node.term));
  });
  [...values, ...conditions, ...own].forEach((id, k) => places.set(id, HELD_TERMS.length + k));
  const at = (id: NodeId): number => places.get(id)!;
  return {
    registers: new Float64Array(HELD_TERMS.length + values.length + conditions.length + own.length),
    amounts: createAmounts(values),
    conditions,
    bitsAt: new Int32Array(conditions.length),
    steps: own.map((id): Step => {
      const node = plan.nodes[id]!;
      const idle = { math: 'add', compare: 'gt', third: 0 } as const;
      switch (node.op) {
        case 'math':
          return { ...idle, op: 'math', math: node.fn, left: at(node.args[0]!), right: at(node.args[1] ?? node.args[0]!) };
        case 'compare':
          return { ...idle, op: 'compare', compare: node.fn, left: at(node.left), right: at(node.right) };
        case 'and':
        case 'or':
          return { ...idle, op: node.op, left: at(node.left), right: at(node.right) };
        case 'not':
          return { ...idle, op: 'not', left: at(node.arg), right: at(node.arg) };
        case 'flags':
          return { ...idle, op: 'same', left: at(node.arg), right: at(node.arg) };
        case 'select':
          return { ...idle, op: 'select', left: at(node.when), right: at(node.then), third: at(node.otherwise) };
        default:
          throw new TypeError(`${node.op} cannot read a position`);
      }
    }),
  };
}

export function loadHeld({ amounts, conditions, bitsAt }: HeldProgram, plan: Plan, evaluator: Evaluator): void {
  loadAmounts(amounts, plan, evaluator);
  for (let k = 0; k < conditions.length; k++) bitsAt[k] = evaluator.condition(conditions[k]!);
}

/** Whether the condition holds at the close of a bar; the terms stand in the registers. */
export function heldHolds({ registers, amounts, bitsAt, steps }: HeldProgram, bits: Uint32Array, bar: number): boolean {
  let at = HELD_TERMS.length;
  for (let k = 0; k < amounts.nodes.length; k++) registers[at++] = amountAt(amounts, k, bar);
  for (let k = 0; k < bitsAt.length; k++) registers[at++] = (bits[bitsAt[k]! + (bar >>> 5)]! >>> (bar & 31)) & 1;
  for (let k = 0; k < steps.length; k++) {
    const { op, math, compare, left, right, third } = steps[k]!;
    const a = registers[left]!;
    const b = registers[right]!;
    let value: number;
    if (op === 'math') value = applyMath(math, a, b);
    else if (op === 'compare') value = Number(applyCompare(compare, a, b));
    else if (op === 'and') value = a * b;
    else if (op === 'or') value = Math.max(a, b);
    else if (op === 'not') value = 1 - a;
    else if (op === 'select') value = a === 1 ? b : registers[third]!;
    else value = a;
    registers[at++] = value;
  }
  return registers[at - 1] === 1;
}
