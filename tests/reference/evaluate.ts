import { findIndicator } from '../../src/indicators/catalogue.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import type { Input } from '../../src/indicators/indicator.ts';
import { evaluateScalar, type MathFn } from '../../src/language/scalar.ts';
import type { NodeId, Plan, PlanNode } from '../../src/strategy/plan.ts';

/** Columns by the names of the sources, and the decimals that the file's prices have. */
export interface TwinColumns {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly volume: ArrayLike<number>;
  readonly localDate: ArrayLike<number>;
  readonly decimals: number;
}

const ARITHMETIC: Readonly<Record<MathFn, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  abs: (a) => Math.abs(a),
  round: (a) => Math.floor(a + 0.5),
  floor: (a) => Math.floor(a),
  ceil: (a) => Math.ceil(a),
  sqrt: (a) => Math.sqrt(a),
};

/** Inputs whose values are no prices and do not change how the others are summed. */
function isApart({ kind, column }: Input): boolean {
  return kind === 'condition' || column === 'volume' || column === 'date';
}

/** What a Plan's nodes are at one bar, asked bar by bar; indicators come from the catalogue, which has a twin of its own. */
export function asksOf(plan: Plan, columns: TwinColumns, values: ArrayLike<number>) {
  const bars = columns.close.length;
  const computed = new Map<NodeId, Float64Array>();

  function number(id: NodeId): number {
    const node = plan.nodes[id]!;
    if (node.op !== 'number') throw new Error('a number was expected');
    return evaluateScalar(node.expr, values);
  }

  function indicator(id: NodeId, node: Extract<PlanNode, { op: 'indicator' }>): Float64Array {
    const known = computed.get(id);
    if (known !== undefined) return known;
    const out = new Float64Array(bars);
    const inputs = node.inputs.map((input) => Float64Array.from({ length: bars }, (_, bar) => value(input, bar)));
    const described = findIndicator(node.name)!.inputs;
    const raw = node.inputs.every((input, k) => isApart(described[k]!) || isPrice(input));
    computationOf(node.name)(inputs, node.params.map(number), out, { decimals: raw ? columns.decimals : -1 });
    computed.set(id, out);
    return out;
  }

  function isPrice(id: NodeId): boolean {
    const node = plan.nodes[id]!;
    if (node.op === 'pick') return isPrice(node.options[values[node.axis]!]!);
    return node.op === 'source' && ['open', 'high', 'low', 'close'].includes(node.source);
  }

  function value(id: NodeId, bar: number): number {
    const node = plan.nodes[id]!;
    if (node.op === 'number') return number(id);
    if (node.op === 'pick') return value(node.options[values[node.axis]!]!, bar);
    if (node.op === 'indicator') return indicator(id, node)[bar]!;
    if (node.op === 'flags') return Number(holds(node.arg, bar));
    if (node.op === 'shift') return bar >= number(node.bars) ? value(node.arg, bar - number(node.bars)) : NaN;
    if (node.op === 'source') {
      const { open, high, low, close, volume, localDate } = columns;
      const [o, h, l, c] = [open[bar]!, high[bar]!, low[bar]!, close[bar]!];
      return {
        open: o,
        high: h,
        low: l,
        close: c,
        volume: volume[bar]!,
        date: localDate[bar]!,
        hl2: (h + l) / 2,
        hlc3: (h + l + c) / 3,
        ohlc4: (o + h + l + c) / 4,
      }[node.source];
    }
    if (node.op !== 'math') throw new Error('a series was expected');
    const [a = NaN, b = NaN] = node.args.map((arg) => value(arg, bar));
    return ARITHMETIC[node.fn](a, b);
  }

  function holds(id: NodeId, bar: number): boolean {
    const node = plan.nodes[id]!;
    switch (node.op) {
      case 'constant':
        return node.value;
      case 'scalar':
        return evaluateScalar(node.expr, values) !== 0;
      case 'and':
        return holds(node.left, bar) && holds(node.right, bar);
      case 'or':
        return holds(node.left, bar) || holds(node.right, bar);
      case 'not':
        return !holds(node.arg, bar);
      case 'shiftCondition':
        return bar >= number(node.bars) && holds(node.arg, bar - number(node.bars));
      case 'compare': {
        const [x, y] = [value(node.left, bar), value(node.right, bar)];
        if (Number.isNaN(x) || Number.isNaN(y)) return false;
        return { gt: x > y, ge: x >= y, lt: x < y, le: x <= y, eq: x === y, ne: x !== y }[node.fn];
      }
      case 'cross': {
        if (bar === 0) return false;
        const [x, y, x1, y1] = [
          value(node.left, bar),
          value(node.right, bar),
          value(node.left, bar - 1),
          value(node.right, bar - 1),
        ];
        return node.direction === 'over' ? x > y && x1 <= y1 : x < y && x1 >= y1;
      }
      default:
        throw new Error('a condition was expected');
    }
  }

  return { value, holds };
}
