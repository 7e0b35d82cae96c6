import { ok, type Outcome } from '../core/fault.ts';
import { evaluateScalar } from '../language/scalar.ts';
import { layOut, radixStrides, rememberedNodes } from '../strategy/memo-layout.ts';
import type { ConditionNode, NodeId, Plan, SeriesNode, SourceName } from '../strategy/plan.ts';
import { openTables } from '../strategy/shared-tables.ts';
import { createArena } from './arena.ts';
import * as bitOps from './bit-ops.ts';
import { crossBlockBits, type CrossSide } from './block-cross.ts';
import { createCrossSides, crossSibling, type Cross } from './cross-sides.ts';
import type { Evaluator } from './evaluator.ts';
import { createFrameReader, type FrameReader } from './frame-reader.ts';
import { compareSeries, MIRRORED } from './comparisons.ts';
import { canRun, fuse, runFused } from './fused.ts';
import { indicatorCall } from './indicator-call.ts';
import { createLevelSteps } from './level-steps.ts';
import { createNumberTables } from './number-tables.ts';
import { randomSeries, selectSeries, sessionBits } from './moments.ts';
import type { Timer } from './timer.ts';
import { binarySeries, numberWith, shiftSeries, unarySeries, withNumber } from './series-ops.ts';
import { sourceDecimals, sourceSeries, type EvaluatedBars } from './sources.ts';
import { createValidFrom, HOLEY } from './valid-from.ts';

/** A number's place as an operand of a series operation. */
const LEFT = 0;
const RIGHT = 1;

/** Below so many bars a series lies in a cache of the processor. */
const LEAST_CROWDED = 1 << 16;

type Computed = Exclude<SeriesNode, { op: 'source' | 'pick' | 'held' }>;
type Compare = Extract<ConditionNode, { op: 'compare' }>;

/**
 * @param timer counts the time of every node that is computed
 * @param tables strategy/shared-tables of the study, where workers share values
 */
export function createEvaluator(
  plan: Plan,
  axisSizes: readonly number[],
  bars: EvaluatedBars,
  cacheBytes: number,
  timer: Timer | null = null,
  tables?: ArrayBufferLike,
): Outcome<Evaluator> {
  const { nodes } = plan;
  const count = bars.count;
  const { tuples, passing, series: computedSeries, conditions } = rememberedNodes(plan, axisSizes);
  const strides = nodes.map((node) => radixStrides(node, axisSizes));

  const member = new Int32Array(nodes.length).fill(-1);
  for (const { ids } of [computedSeries, conditions]) ids.forEach((id, m) => (member[id] = m));
  const layouts = [layOut(computedSeries.shape), layOut(conditions.shape)] as const;
  const [seriesAt, conditionAt] = [layouts[0].offsets, layouts[1].offsets];
  const shared = tables === undefined ? null : openTables(tables, count, [layouts[0].entries, layouts[1].entries]);

  const frames: FrameReader[] = [];
  for (const frame of plan.frames) {
    const reader = createFrameReader(frame, bars, plan, (inner, innerBars) =>
      createEvaluator(inner, axisSizes, innerBars, (cacheBytes * innerBars.count) / (2 * count)),
    );
    if (!reader.ok) return reader;
    frames.push(reader.value);
  }

  const levelSteps = createLevelSteps(plan, axisSizes, count, cacheBytes);
  const made = createArena(count, computedSeries.shape, conditions.shape, cacheBytes - levelSteps.bytes);
  if (!made.ok) return made;
  const { series: slots, seriesMemo, bits, bitsMemo, bitsAt, spareBits } = made.value;

  // Handles of series: two for numbers as series, one per source, then the arena's slots.
  const handles: Float64Array[] = [new Float64Array(count).fill(NaN), new Float64Array(count).fill(NaN)];
  const numberIn = new Float64Array([NaN, NaN]);
  const decimalsOf: number[] = [-1, -1];
  const sourceHandle = new Map<SourceName, number>();
  for (const node of nodes) {
    if (node.op !== 'source' || sourceHandle.has(node.source)) continue;
    sourceHandle.set(node.source, handles.length);
    handles.push(sourceSeries(bars, node.source));
    decimalsOf.push(sourceDecimals(bars, node.source));
  }
  const firstSlot = handles.length;
  handles.push(...slots);
  const validFrom = createValidFrom(handles);

  const numbers = createNumberTables(nodes, tuples, numberOf);
  const scratch = new Float64Array(1);
  const calls = nodes.map((node) => (node.op === 'indicator' ? indicatorCall(node) : null));
  const fused = nodes.map((_, id) => fuse(plan, id, passing));
  const siblings = nodes.map((node) => (node.op === 'cross' ? crossSibling(nodes, node) : -1));

  // fewer series than recur have a place: most would be computed, written and read for a single trial
  const crowded = count >= LEAST_CROWDED && layouts[0].entries > 2 * seriesMemo.slots;
  const sides = crowded ? createCrossSides(plan, bars, { picked, keyOf, numberOf, isStored, column }) : null;

  const computed = new Uint32Array(nodes.length);
  let positions: ArrayLike<number> = [];
  let values: ArrayLike<number> = [];
  let trial = 0;

  /** Number of the node's tuple in this trial: mixed radix over the axes that it depends on. */
  function keyOf(id: NodeId): number {
    if (tuples[id]! > Number.MAX_SAFE_INTEGER) return trial;
    const { deps } = nodes[id]!;
    const stride = strides[id]!;
    let key = 0;
    for (let k = 0; k < deps.length; k++) key += positions[deps[k]!]! * stride[k]!;
    return key;
  }

  function numberOf(id: NodeId): number {
    const node = nodes[id]!;
    if (node.op !== 'number') throw new TypeError(`node ${id} is no number`);
    return evaluateScalar(node.expr, values);
  }

  /** Handle of an operand. Numbers are laid out as series only after every other operand was computed: their memory is shared. */
  function seriesOrNumber(id: NodeId): number {
    return nodes[id]!.type === 'number' ? -1 : series(id);
  }

  function asSeries(handle: number, id: NodeId, side: number): number {
    if (handle >= 0) return handle;
    const value = numberOf(id);
    if (!Object.is(numberIn[side], value)) {
      handles[side]!.fill(value);
      numberIn[side] = value;
      validFrom.forget(side);
    }
    return side;
  }

  function series(id: NodeId): number {
    const node = nodes[id]!;
    if (node.op === 'source') return sourceHandle.get(node.source)!;
    if (node.op === 'pick') return series(picked(id));
    if (node.type !== 'series' || node.op === 'held') throw new TypeError(`node ${id} is no series of bars`);
    const key = keyOf(id);
    const found = seriesMemo.find(member[id]!, key);
    if (found >= 0) return firstSlot + found;
    const slot = seriesMemo.claim(member[id]!, key);
    const handle = firstSlot + slot;
    const entry = shared === null ? -1 : entryOf(seriesAt, id, key);
    const there = entry < 0 ? null : shared!.series.find(entry);
    if (there !== null) {
      handles[handle] = there;
    } else {
      const place = entry < 0 ? null : shared!.series.claim(entry);
      handles[handle] = place ?? slots[slot]!;
      timer?.enter(id);
      computeSeries(id, node, handles[handle]);
      timer?.leave();
      computed[id]!++;
      if (place !== null) shared!.series.publish(entry);
    }
    validFrom.forget(handle);
    return handle;
  }

  function picked(id: NodeId): NodeId {
    const node = nodes[id]!;
    return node.op === 'pick' ? picked(node.options[values[node.axis]!]!) : id;
  }

  function isStored(id: NodeId, key: number): boolean {
    if (seriesMemo.find(member[id]!, key) >= 0) return true;
    const entry = shared === null ? -1 : entryOf(seriesAt, id, key);
    return entry >= 0 && shared!.series.find(entry) !== null;
  }

  /** Of a value that recurs: its number in the shared tables, otherwise −1. */
  function entryOf(offsets: Int32Array, id: NodeId, key: number): number {
    const offset = offsets[member[id]!]!;
    return offset < 0 ? -1 : offset + key;
  }

  function computeSeries(id: NodeId, node: Computed, out: Float64Array): void {
    if (node.op === 'shift') {
      shiftSeries(handles[series(node.arg)]!, numberOf(node.bars), out);
    } else if (node.op === 'flags') {
      bitOps.unpackBits(bits, condition(node.arg), out, count);
    } else if (node.op === 'indicator') {
      const call = calls[id]!;
      call.context.decimals = 16;
      for (let k = 0; k < node.inputs.length; k++) {
        const handle = series(node.inputs[k]!);
        call.inputs[k] = handles[handle]!;
        if (call.exact[k]) call.context.decimals = Math.min(call.context.decimals, decimalsOf[handle] ?? -1);
      }
      for (let k = 0; k < node.params.length; k++) call.params[k] = numberOf(node.params[k]!);
      call.compute(call.inputs, call.params, out, call.context);
    } else if (node.op === 'random') {
      randomSeries(numberOf(node.seed), bars.time, out);
    } else if (node.op === 'frame') {
      frames[node.frame]!.series(node.node, out);
    } else if (node.op === 'select') {
      const then = seriesOrNumber(node.then);
      const otherwise = seriesOrNumber(node.otherwise);
      const when = condition(node.when);
      const a = handles[asSeries(then, node.then, LEFT)]!;
      selectSeries(bits, when, a, handles[asSeries(otherwise, node.otherwise, RIGHT)]!, out);
    } else {
      const [left, right] = node.args;
      if (right !== undefined && nodes[right]!.type === 'number' && nodes[left!]!.type !== 'number') {
        return withNumber(node.fn, handles[series(left!)]!, 0, numberOf(right), out, 0, count);
      }
      if (right !== undefined && nodes[left!]!.type === 'number' && nodes[right]!.type !== 'number') {
        return numberWith(node.fn, numberOf(left!), handles[series(right)]!, 0, out, 0, count);
      }
      const a = seriesOrNumber(left!);
      if (right === undefined) return unarySeries(node.fn, handles[asSeries(a, left!, LEFT)]!, 0, out, 0, count);
      const b = seriesOrNumber(right);
      const x = handles[asSeries(a, left!, LEFT)]!;
      binarySeries(node.fn, x, 0, handles[asSeries(b, right, RIGHT)]!, 0, out, 0, count);
    }
  }

  function condition(id: NodeId): number {
    const key = keyOf(id);
    const found = bitsMemo.find(member[id]!, key);
    if (found >= 0) return bitsAt(found);
    const node = nodes[id]!;
    if (node.type !== 'condition') throw new TypeError(`node ${id} is no condition`);
    const out = bitsAt(bitsMemo.claim(member[id]!, key));
    const entry = shared === null ? -1 : entryOf(conditionAt, id, key);
    const there = entry < 0 ? null : shared!.conditions.find(entry);
    if (there !== null) {
      bits.set(there, out);
      return out;
    }
    timer?.enter(id);
    computeCondition(id, node, key, out);
    timer?.leave();
    if (entry >= 0) share(entry, out);
    return out;
  }

  /** What a worker reads lies in its own memory; the others have a copy. */
  function share(entry: number, from: number): void {
    const place = shared!.conditions.claim(entry);
    if (place === null) return;
    place.set(bits.subarray(from, from + place.length));
    shared!.conditions.publish(entry);
  }

  function computeCondition(id: NodeId, node: ConditionNode, key: number, out: number): void {
    switch (node.op) {
      case 'constant':
        return bitOps.fillBits(bits, out, count, node.value);
      case 'scalar':
        return bitOps.fillBits(bits, out, count, evaluateScalar(node.expr, values) !== 0);
      case 'and':
        return bitOps.andBits(bits, condition(node.left), condition(node.right), out, count);
      case 'or':
        return bitOps.orBits(bits, condition(node.left), condition(node.right), out, count);
      case 'not':
        return bitOps.notBits(bits, condition(node.arg), out, count);
      case 'session':
        return sessionBits(bars, node.spans, bits, out);
      case 'frameCondition':
        return frames[node.frame]!.condition(node.node, bits, out);
      case 'shiftCondition':
        return bitOps.shiftBits(bits, condition(node.arg), numberOf(node.bars), out, count);
      case 'cross':
        return cross(id, node, key, out);
      case 'compare': {
        if (compareFused(id, out) || compareWithNumber(id, node, out)) return;
        const left = seriesOrNumber(node.left);
        const right = seriesOrNumber(node.right);
        const a = asSeries(left, node.left, LEFT);
        const b = asSeries(right, node.right, RIGHT);
        return compareSeries(node.fn, handles[a]!, handles[b]!, bits, out, count);
      }
    }
  }

  /** A series with a number, without laying the number out over all bars; false where that is not what the node is. */
  function compareWithNumber(id: NodeId, { fn, left, right }: Compare, out: number): boolean {
    const onRight = nodes[right]!.type === 'number';
    if (fn === 'eq' || fn === 'ne' || onRight === (nodes[left]!.type === 'number')) return false;
    const of = picked(onRight ? left : right);
    const x = handles[series(of)]!;
    const number = onRight ? right : left;
    numbers.write(number, keyOf(number), scratch, 0);
    if (!Number.isFinite(scratch[0]!)) return false;
    levelSteps.write(id, of, keyOf(of), onRight ? fn : MIRRORED[fn], x, scratch, bits, out);
    return true;
  }

  /** Arithmetic and its comparison in one pass; false where that cannot be. */
  function compareFused(id: NodeId, out: number): boolean {
    const one = fused[id];
    if (one === null || one === undefined) return false;
    for (let k = 0; k < one.numbers.length; k++) numbers.write(one.numbers[k]!, keyOf(one.numbers[k]!), one.values, k);
    if (!canRun(one)) return false;
    for (let k = 0; k < one.leaves.length; k++) one.columns[k] = handles[series(one.leaves[k]!)]!;
    runFused(one, bits, out, count);
    return true;
  }

  /** A series in memory; null where it has holes. */
  function column(id: NodeId): CrossSide | null {
    const handle = series(id);
    const from = validFrom.of(handle);
    return from === HOLEY ? null : { series: handles[handle]!, from };
  }

  /** Both directions come out of one pass: the other one is kept where the Plan reads it. */
  function cross(id: NodeId, node: Cross, key: number, out: number): void {
    const read = sides?.read(id, node) ?? null;
    const left = read === null ? seriesOrNumber(node.left) : -1;
    const right = read === null ? seriesOrNumber(node.right) : -1;
    const sibling = siblings[id]!;
    const known = sibling < 0 ? -1 : bitsMemo.find(member[sibling]!, key);
    const other = sibling < 0 || known >= 0 ? spareBits : bitsAt(bitsMemo.claim(member[sibling]!, key));
    const over = node.direction === 'over' ? out : other;
    const under = node.direction === 'over' ? other : out;
    if (read !== null) {
      crossBlockBits(read[0], read[1], bits, over, under, count);
    } else {
      const a = asSeries(left, node.left, LEFT);
      const b = asSeries(right, node.right, RIGHT);
      const validA = validFrom.of(a);
      const validB = validFrom.of(b);
      const valid = Math.max(validA, validB);
      if (validA === HOLEY || validB === HOLEY) bitOps.crossHoleyBits(handles[a]!, handles[b]!, bits, over, under, count);
      else bitOps.crossBits(handles[a]!, handles[b]!, valid, bits, over, under, count);
    }
    const entry = shared === null || other === spareBits ? -1 : entryOf(conditionAt, sibling, key);
    if (entry >= 0) share(entry, other);
  }

  return ok({
    bits,
    never: 0,
    begin(nextPositions, nextValues) {
      positions = nextPositions;
      values = nextValues;
      trial++;
      seriesMemo.begin();
      bitsMemo.begin();
      for (let k = 0; k < frames.length; k++) frames[k]!.begin(nextPositions, nextValues);
    },
    condition,
    series: (id) => handles[series(id)]!,
    computed,
    number: (id, out, at) => numbers.write(id, keyOf(id), out, at),
  });
}
