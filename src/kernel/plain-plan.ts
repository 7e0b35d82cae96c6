import { findIndicator } from '../indicators/catalogue.ts';
import { computationOf } from '../indicators/computations.ts';
import { isExact } from '../indicators/indicator.ts';
import { applyMath, evaluateScalar } from '../language/scalar.ts';
import type { NodeId, Plan, PlanNode } from '../strategy/plan.ts';
import { barsOfFrame } from './frame-reader.ts';
import { randomAt, sessionAt } from './moments.ts';
import { sourceDecimals, sourceSeries, type EvaluatedBars } from './sources.ts';

/** A trial's values the plain way: nothing packed, nothing kept from trial to trial. For the one trial that a person opens. */
export interface PlainPlan {
  /** Length `bars.count`. */
  series(id: NodeId): Float64Array;
  /** 1 where the condition is true; length `bars.count`. */
  condition(id: NodeId): Uint8Array;
  /** A number of the trial. */
  number(id: NodeId): number;
}

export function evaluatePlain(plan: Plan, bars: EvaluatedBars, values: ArrayLike<number>): PlainPlan {
  const { count } = bars;
  const knownSeries = new Map<NodeId, Float64Array>();
  const knownConditions = new Map<NodeId, Uint8Array>();
  const knownFrames = new Map<number, { readonly inner: PlainPlan; readonly over: (bar: number) => number }>();

  const number = (id: NodeId): number => {
    const node = plan.nodes[id]!;
    if (node.op !== 'number') throw new TypeError(`node ${id} is no number`);
    return evaluateScalar(node.expr, values);
  };
  const series = (id: NodeId): Float64Array => kept(knownSeries, id, () => makeSeries(plan.nodes[id]!));
  const condition = (id: NodeId): Uint8Array => kept(knownConditions, id, () => makeCondition(plan.nodes[id]!));
  // loops and not `from`, which walks an iterator: an opened trial of a million bars waits for them
  const eachBar = (at: (bar: number) => number): Float64Array => {
    const out = new Float64Array(count);
    for (let bar = 0; bar < count; bar++) out[bar] = at(bar);
    return out;
  };
  const whether = (at: (bar: number) => boolean): Uint8Array => {
    const out = new Uint8Array(count);
    for (let bar = 0; bar < count; bar++) out[bar] = Number(at(bar));
    return out;
  };

  /** A frame's own values, and at each bar which of its bars was over last; −1 before there is one. */
  const frame = (k: number): { readonly inner: PlainPlan; readonly over: (bar: number) => number } =>
    kept(knownFrames, k, () => {
      const of = plan.frames[k]!;
      const made = barsOfFrame(of, bars);
      if (!made.ok) throw new TypeError(made.faults[0].message); // the engine has refused it
      const over = new Int32Array(count).fill(-1);
      made.value.starts.forEach((start, bar) => over.fill(bar - 1, start));
      const inner = evaluatePlain({ ...plan, nodes: of.nodes, frames: [] }, made.value.bars, values);
      return { inner, over: (bar) => over[bar]! };
    });

  function makeSeries(node: PlanNode): Float64Array {
    switch (node.op) {
      case 'number': {
        const value = evaluateScalar(node.expr, values);
        return eachBar(() => value);
      }
      case 'source':
        return sourceSeries(bars, node.source);
      case 'pick':
        return series(node.options[values[node.axis]!]!);
      case 'math': {
        const args = node.args.map(series);
        return eachBar((bar) => applyMath(node.fn, args[0]![bar]!, (args[1] ?? args[0]!)[bar]!));
      }
      case 'shift': {
        const back = number(node.bars);
        const arg = series(node.arg);
        return eachBar((bar) => (back >= 0 ? (arg[bar - back] ?? NaN) : NaN));
      }
      case 'select': {
        const when = condition(node.when);
        const [then, otherwise] = [series(node.then), series(node.otherwise)];
        return eachBar((bar) => (when[bar] === 1 ? then[bar]! : otherwise[bar]!));
      }
      case 'random': {
        const seed = number(node.seed);
        return eachBar((bar) => randomAt(seed, bars.time[bar]!));
      }
      case 'frame': {
        const { inner, over } = frame(node.frame);
        const x = inner.series(node.node);
        return eachBar((bar) => x[over(bar)] ?? NaN);
      }
      case 'flags': {
        const arg = condition(node.arg);
        return eachBar((bar) => arg[bar]!);
      }
      case 'indicator': {
        const out = new Float64Array(count);
        const { inputs } = findIndicator(node.name)!;
        const decimals = Math.min(16, ...node.inputs.flatMap((id, k) => (isExact(inputs[k]!) ? [decimalsOf(id)] : [])));
        const context = { decimals };
        computationOf(node.name)(node.inputs.map(series), node.params.map(number), out, context);
        return out;
      }
      default:
        throw new TypeError(`${node.op} is no series`);
    }
  }

  function decimalsOf(id: NodeId): number {
    const node = plan.nodes[id]!;
    if (node.op === 'pick') return decimalsOf(node.options[values[node.axis]!]!);
    return node.op === 'source' ? sourceDecimals(bars, node.source) : -1;
  }

  function makeCondition(node: PlanNode): Uint8Array {
    switch (node.op) {
      case 'constant':
        return whether(() => node.value);
      case 'scalar': {
        const value = evaluateScalar(node.expr, values);
        return whether(() => value !== 0);
      }
      case 'compare': {
        const a = series(node.left);
        const b = series(node.right);
        const { fn } = node;
        return whether((bar) => {
          const x = a[bar]!;
          const y = b[bar]!;
          if (Number.isNaN(x) || Number.isNaN(y)) return false;
          if (fn === 'eq' || fn === 'ne') return (x === y) === (fn === 'eq');
          return (x > y && fn.startsWith('g')) || (x < y && fn.startsWith('l')) || (x === y && fn.endsWith('e'));
        });
      }
      case 'cross': {
        const [a, b] =
          node.direction === 'over' ? [series(node.left), series(node.right)] : [series(node.right), series(node.left)];
        return whether((bar) => bar > 0 && a[bar]! > b[bar]! && a[bar - 1]! <= b[bar - 1]!);
      }
      case 'and':
      case 'or': {
        const a = condition(node.left);
        const b = condition(node.right);
        const needed = node.op === 'and' ? 2 : 1;
        return whether((bar) => a[bar]! + b[bar]! >= needed);
      }
      case 'not': {
        const arg = condition(node.arg);
        return whether((bar) => arg[bar] === 0);
      }
      case 'session':
        return whether((bar) => sessionAt(bars, node.spans, bar));
      case 'frameCondition': {
        const { inner, over } = frame(node.frame);
        const x = inner.condition(node.node);
        return whether((bar) => x[over(bar)] === 1);
      }
      case 'shiftCondition': {
        const back = number(node.bars);
        const arg = condition(node.arg);
        return whether((bar) => back >= 0 && arg[bar - back] === 1);
      }
      default:
        throw new TypeError(`${node.op} is no condition`);
    }
  }

  return { series, condition, number };
}

function kept<T>(known: Map<number, T>, id: number, make: () => T): T {
  const found = known.get(id);
  if (found !== undefined) return found;
  const made = make();
  known.set(id, made);
  return made;
}
