import type { CompareFn, MathFn } from '../language/scalar.ts';
import type { HeldTerm, NodeId, Plan } from '../strategy/plan.ts';
import { inputsOf } from '../strategy/nodes.ts';
import { createAmounts, loadAmounts, type Amounts } from './amounts.ts';
import type { Course } from './course.ts';
import type { Evaluator } from './evaluator.ts';
import { heldNodes } from '../strategy/held-nodes.ts';
import { binarySeries, unarySeries } from './series-ops.ts';

/** Places of the terms in a program's registers. */
const HELD_TERMS = [
  'bars_held',
  'entry_price',
  'max_since_entry',
  'min_since_entry',
  'open_profit',
] as const satisfies readonly HeldTerm[];
const BARS_HELD = 0;
const ENTRY_PRICE = 1;
const MAX_SINCE = 2;
const MIN_SINCE = 3;
const OPEN_PROFIT = 4;

/**
 * A condition that reads the position, as steps over registers: the terms, the numbers and series that it reads, the conditions
 * that it reads (1 or 0), then a register for each step's result. A register holds a block of bars: from the entry on a trade is
 * looked at a block at a time, so that a step is one loop and not one decision per bar.
 */
export interface HeldProgram {
  readonly registers: readonly Float64Array[];
  readonly reads: readonly boolean[]; // per term, whether a step reads it
  readonly amounts: Amounts;
  readonly conditions: readonly NodeId[];
  readonly bitsAt: Int32Array; // per condition: first word in the evaluator's bits
  readonly steps: readonly Step[];
  /** Of the trade under way, see the places below. */
  readonly trade: Float64Array;
}

interface Step {
  readonly op: 'math' | 'compare' | 'and' | 'or' | 'not' | 'select' | 'same';
  readonly math: MathFn;
  readonly compare: CompareFn;
  readonly left: number; // registers; of `select` the condition, then both values
  readonly right: number;
  readonly third: number;
}

// Places in `trade`.
const SIDE = 0;
const FILL = 1;
const ENTRY_BAR = 2;
/** First bar that was not looked at. */
export const NEXT = 3;
const HIGHEST = 4;
const LOWEST = 5;
const SPAN = 6; // bars of the next block
const TRADE_LENGTH = 7;

const FIRST_SPAN = 16;
const MOST_SPAN = 128;

export function compileHeld(plan: Plan, root: NodeId): HeldProgram {
  const held = heldNodes(plan);
  const own: NodeId[] = []; // nodes of the steps, inputs first
  const leaves = new Set<NodeId>();
  const visit = (id: NodeId): void => {
    const node = plan.nodes[id]!;
    if (node.op === 'held' || own.includes(id)) return;
    if (!held.has(id)) {
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
  const steps = own.map((id): Step => stepOf(plan, id, at));
  const registers = HELD_TERMS.length + values.length + conditions.length + own.length;
  return {
    registers: Array.from({ length: registers }, () => new Float64Array(MOST_SPAN)),
    reads: HELD_TERMS.map((_, term) => steps.some(({ left, right, third }) => [left, right, third].includes(term))),
    amounts: createAmounts(values),
    conditions,
    bitsAt: new Int32Array(conditions.length),
    steps,
    trade: new Float64Array(TRADE_LENGTH),
  };
}

/** Register −1 stands for none. */
function stepOf({ nodes }: Plan, id: NodeId, at: (id: NodeId) => number): Step {
  const node = nodes[id]!;
  const idle = { math: 'add', compare: 'gt', third: -1 } as const;
  switch (node.op) {
    case 'math':
      return {
        ...idle,
        op: 'math',
        math: node.fn,
        left: at(node.args[0]!),
        right: node.args.length > 1 ? at(node.args[1]!) : -1,
      };
    case 'compare':
      return { ...idle, op: 'compare', compare: node.fn, left: at(node.left), right: at(node.right) };
    case 'and':
    case 'or':
      return { ...idle, op: node.op, left: at(node.left), right: at(node.right) };
    case 'not':
      return { ...idle, op: 'not', left: at(node.arg), right: -1 };
    case 'flags':
      return { ...idle, op: 'same', left: at(node.arg), right: -1 };
    case 'select':
      return { ...idle, op: 'select', left: at(node.when), right: at(node.then), third: at(node.otherwise) };
    default:
      throw new TypeError(`${node.op} cannot read a position`);
  }
}

export function loadHeld({ registers, amounts, conditions, bitsAt }: HeldProgram, plan: Plan, evaluator: Evaluator): void {
  loadAmounts(amounts, plan, evaluator);
  for (let k = 0; k < amounts.nodes.length; k++) {
    if (amounts.columns[k]!.length > 0) continue;
    const register = registers[HELD_TERMS.length + k]!;
    const number = amounts.numbers[k]!;
    for (let i = 0; i < MOST_SPAN; i++) register[i] = number; // `fill` would take it from the heap
  }
  for (let k = 0; k < conditions.length; k++) bitsAt[k] = evaluator.condition(conditions[k]!);
}

/** @param from first bar at whose close the condition is asked */
export function beginHeld({ trade }: HeldProgram, side: number, fill: number, entryBar: number, from: number): void {
  trade[SIDE] = side;
  trade[FILL] = fill;
  trade[ENTRY_BAR] = entryBar;
  trade[NEXT] = from;
  trade[HIGHEST] = -Infinity;
  trade[LOWEST] = Infinity;
  trade[SPAN] = FIRST_SPAN;
}

/**
 * Looks at the next block of the trade, up to bar `to` at the most, and sets `trade[NEXT]` behind it.
 * @returns the first bar of the block at whose close the condition holds, −1 where it holds at none
 */
export function nextHeld(program: HeldProgram, course: Course, bits: Uint32Array, to: number): number {
  const { registers, amounts, bitsAt, steps, trade } = program;
  const from = trade[NEXT]!;
  const bars = Math.min(to - from, trade[SPAN]!);
  trade[NEXT] = from + bars;
  trade[SPAN] = Math.min(MOST_SPAN, 2 * trade[SPAN]!);
  loadTerms(program, course, from, bars);
  let at = HELD_TERMS.length;
  for (let k = 0; k < amounts.nodes.length; k++, at++) {
    const column = amounts.columns[k]!;
    const register = registers[at]!;
    if (column.length > 0) for (let i = 0; i < bars; i++) register[i] = column[from + i]!;
  }
  for (let k = 0; k < bitsAt.length; k++, at++) {
    const register = registers[at]!;
    const word = bitsAt[k]!;
    for (let i = 0; i < bars; i++) register[i] = (bits[word + ((from + i) >>> 5)]! >>> ((from + i) & 31)) & 1;
  }
  for (let k = 0; k < steps.length; k++, at++) runStep(steps[k]!, registers, registers[at]!, bars);
  const result = registers[at - 1]!;
  for (let i = 0; i < bars; i++) if (result[i] === 1) return from + i;
  return -1;
}

function loadTerms({ registers, reads, trade }: HeldProgram, { high, low, close }: Course, from: number, bars: number): void {
  const side = trade[SIDE]!;
  const fill = trade[FILL]!;
  if (reads[BARS_HELD]!) {
    const held = registers[BARS_HELD]!;
    const first = from - trade[ENTRY_BAR]!;
    for (let i = 0; i < bars; i++) held[i] = first + i;
  }
  if (reads[ENTRY_PRICE]!) {
    const prices = registers[ENTRY_PRICE]!;
    for (let i = 0; i < bars; i++) prices[i] = fill;
  }
  if (reads[MAX_SINCE]!) {
    const highs = registers[MAX_SINCE]!;
    let highest = trade[HIGHEST]!;
    for (let i = 0; i < bars; i++) {
      highest = Math.max(highest, high[from + i]!);
      highs[i] = highest;
    }
    trade[HIGHEST] = highest;
  }
  if (reads[MIN_SINCE]!) {
    const lows = registers[MIN_SINCE]!;
    let lowest = trade[LOWEST]!;
    for (let i = 0; i < bars; i++) {
      lowest = Math.min(lowest, low[from + i]!);
      lows[i] = lowest;
    }
    trade[LOWEST] = lowest;
  }
  if (reads[OPEN_PROFIT]!) {
    const profits = registers[OPEN_PROFIT]!;
    for (let i = 0; i < bars; i++) profits[i] = side * (close[from + i]! / fill - 1);
  }
}

function runStep(step: Step, registers: readonly Float64Array[], out: Float64Array, bars: number): void {
  const a = registers[step.left]!;
  const b = step.right < 0 ? a : registers[step.right]!;
  switch (step.op) {
    case 'math':
      if (step.right < 0) unarySeries(step.math, a, 0, out, 0, bars);
      else binarySeries(step.math, a, 0, b, 0, out, 0, bars);
      return;
    case 'compare':
      return compareRegisters(step.compare, a, b, out, bars);
    case 'and':
      for (let i = 0; i < bars; i++) out[i] = a[i]! * b[i]!;
      return;
    case 'or':
      for (let i = 0; i < bars; i++) out[i] = Math.max(a[i]!, b[i]!);
      return;
    case 'not':
      for (let i = 0; i < bars; i++) out[i] = 1 - a[i]!;
      return;
    case 'select': {
      const c = registers[step.third]!;
      for (let i = 0; i < bars; i++) out[i] = a[i] === 1 ? b[i]! : c[i]!;
      return;
    }
    case 'same':
      for (let i = 0; i < bars; i++) out[i] = a[i]!;
  }
}

function compareRegisters(fn: CompareFn, a: Float64Array, b: Float64Array, out: Float64Array, bars: number): void {
  switch (fn) {
    case 'gt':
      for (let i = 0; i < bars; i++) out[i] = Number(a[i]! > b[i]!);
      return;
    case 'ge':
      for (let i = 0; i < bars; i++) out[i] = Number(a[i]! >= b[i]!);
      return;
    case 'lt':
      for (let i = 0; i < bars; i++) out[i] = Number(a[i]! < b[i]!);
      return;
    case 'le':
      for (let i = 0; i < bars; i++) out[i] = Number(a[i]! <= b[i]!);
      return;
    case 'eq':
      for (let i = 0; i < bars; i++) out[i] = Number(a[i]! === b[i]!);
      return;
    case 'ne':
      for (let i = 0; i < bars; i++) out[i] = Number(a[i]! > b[i]!) | Number(a[i]! < b[i]!);
  }
}
