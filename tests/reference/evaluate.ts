import { findIndicator } from '../../src/indicators/catalogue.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import type { Input } from '../../src/indicators/indicator.ts';
import { exp, log, pow } from '../../src/core/maths.ts';
import { randomAt } from '../../src/kernel/moments.ts';
import { evaluateScalar, type MathFn } from '../../src/language/scalar.ts';
import type { NodeId, Plan, PlanNode, SourceName } from '../../src/strategy/plan.ts';
import type { SessionSpan } from '../../src/strategy/session.ts';
import { framesOf, weekdayOf } from './frames.ts';

/** Columns by the names of the sources, and the decimals that the file's prices have. */
export interface TwinColumns {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly volume: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly localDate: ArrayLike<number>;
  readonly localMinute: ArrayLike<number>;
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
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : a),
  log,
  exp,
  pow,
};

/** Inputs whose values are no prices and do not change how the others are summed. */
function isApart({ kind, column }: Input): boolean {
  return kind === 'condition' || column === 'volume' || column === 'date';
}

export interface Asks {
  readonly value: (id: NodeId, bar: number) => number;
  readonly holds: (id: NodeId, bar: number) => boolean;
}

/** What a Plan's nodes are at one bar, asked bar by bar; indicators come from the catalogue, which has a twin of its own. */
export function asksOf(plan: Plan, columns: TwinColumns, values: ArrayLike<number>): Asks {
  const bars = columns.close.length;
  const computed = new Map<NodeId, Float64Array>();
  const frames = new Map<number, { over: number[]; asks: Asks }>();

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

  /** A frame's bars, asked likewise. */
  function frame(k: number): { over: number[]; asks: Asks } {
    const known = frames.get(k);
    if (known !== undefined) return known;
    const { frame: of, nodes } = plan.frames[k]!;
    const { columns: inner, over } = framesOf(of, columns);
    const made = { over, asks: asksOf({ ...plan, nodes, frames: [] }, inner, values) };
    frames.set(k, made);
    return made;
  }

  function source(name: SourceName, bar: number): number {
    const { open, high, low, close, volume, localDate } = columns;
    const date = columns.localDate[bar]!;
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
      year: Math.floor(date / 10_000),
      month: Math.floor(date / 100) % 100,
      dayofmonth: date % 100,
      dayofweek: weekdayOf(columns, bar),
      hour: Math.floor(columns.localMinute[bar]! / 60),
      minute: columns.localMinute[bar]! % 60,
      barindex: bar,
    }[name];
  }

  function value(id: NodeId, bar: number): number {
    const node = plan.nodes[id]!;
    if (node.op === 'number') return number(id);
    if (node.op === 'pick') return value(node.options[values[node.axis]!]!, bar);
    if (node.op === 'indicator') return indicator(id, node)[bar]!;
    if (node.op === 'flags') return Number(holds(node.arg, bar));
    if (node.op === 'shift') return bar >= number(node.bars) ? value(node.arg, bar - number(node.bars)) : NaN;
    if (node.op === 'source') return source(node.source, bar);
    if (node.op === 'math') {
      const [a = NaN, b = NaN] = node.args.map((arg) => value(arg, bar));
      return ARITHMETIC[node.fn](a, b);
    }
    return rarer(node, bar);
  }

  function rarer(node: PlanNode, bar: number): number {
    if (node.op === 'select') return holds(node.when, bar) ? value(node.then, bar) : value(node.otherwise, bar);
    if (node.op === 'random') return randomAt(number(node.seed), columns.time[bar]!);
    if (node.op === 'frame') {
      const { over, asks } = frame(node.frame);
      return over[bar]! < 0 ? NaN : asks.value(node.node, over[bar]!);
    }
    throw new Error('a series was expected');
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
      case 'session':
        return node.spans.some((span) => inSpan(span, bar));
      case 'frameCondition': {
        const { over, asks } = frame(node.frame);
        return over[bar]! >= 0 && asks.holds(node.node, over[bar]!);
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

  /** A span is walked minute by minute from its day's start on; one that goes over midnight ends on the next day. */
  function inSpan({ from, to, days }: SessionSpan, bar: number): boolean {
    const weekday = weekdayOf(columns, bar) - 1;
    const end = to > from ? to : to + 1440;
    return [0, 1].some((daysAgo) => {
      const minute = columns.localMinute[bar]! + daysAgo * 1440;
      const begins = (weekday - daysAgo + 7) % 7;
      return minute >= from && minute < end && days.toString(2).padStart(7, '0')[6 - begins] === '1';
    });
  }

  return { value, holds };
}
