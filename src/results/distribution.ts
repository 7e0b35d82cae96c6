import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { createOnce } from './once.ts';

/**
 * Where a metric's values lie, kept while a study runs. Buckets follow the bits of the number: 256 per power of two, so the
 * range need not be known before, nothing is ever rescaled, and the order in which ranges arrive leaves no trace. A quantile
 * is exact to 1/256 of its value.
 */
export interface Distribution {
  /** Takes finished rows [from, to); a row taken twice counts once. */
  update(from: number, to: number): void;
  readonly count: number; // values so far, infinities included
  readonly min: number; // exact, infinities included; NaN while there is none
  readonly max: number;
  /** @param q in [0, 1]; finite values only; NaN while there is none */
  quantile(q: number): number;
  /** Counts (not whole: a bucket is shared out by width) in equal bins over [low, high]; what lies beyond is left out. */
  bins(low: number, high: number, count: number): Float64Array;
  /** Share of all values beyond either end, infinities included. */
  beyond(low: number, high: number): { below: number; above: number };
}

const MANTISSA_BITS = 8;
const SHIFT = 20 - MANTISSA_BITS; // of the high word
const LEAST = 1023 - 30; // exponents from 2^−30: smaller values fall into the bucket of zero
const MOST = 1023 + 50; // up to 2^51: larger ones into the last bucket
const HALF = (MOST - LEAST + 1) << MANTISSA_BITS;
const ZERO = HALF; // the middle bucket; negatives below, positives above

export function createDistribution(rows: Pick<Rows, 'rowCount' | 'states' | 'columns'>, column: number): Distribution {
  const values = rows.columns[column]!;
  const { states } = rows;
  const buckets = new Uint32Array(2 * HALF + 1);
  const once = createOnce(rows.rowCount);
  const word = new Float64Array(1);
  const words = new Uint32Array(word.buffer);
  let lowest = ZERO; // buckets in use, both included
  let highest = ZERO;
  let finite = 0;
  let above = 0; // +Infinity
  let below = 0;
  let min = NaN;
  let max = NaN;

  function bucketOf(value: number): number {
    word[0] = value;
    const high = words[1]! & 0x7fffffff;
    const at = Math.min(HALF - 1, (high >>> SHIFT) - (LEAST << MANTISSA_BITS));
    return at < 0 ? ZERO : value > 0 ? ZERO + 1 + at : ZERO - 1 - at;
  }

  /** Edge of a bucket towards +∞; the edge towards −∞ is that of the bucket before. */
  function edge(bucket: number): number {
    const at = bucket >= ZERO ? bucket - ZERO : ZERO - 1 - bucket;
    words[0] = 0;
    words[1] = (at << SHIFT) + (LEAST << 20);
    return bucket >= ZERO ? word[0]! : -word[0]!;
  }

  function update(from: number, to: number): void {
    for (let row = from; row < to; row++) {
      const value = values[row]!;
      if (states[row] !== COMPLETE || Number.isNaN(value) || !once.first(row)) continue;
      if (!(value >= min)) min = value;
      if (!(value <= max)) max = value;
      if (value === Number.POSITIVE_INFINITY) above++;
      else if (value === Number.NEGATIVE_INFINITY) below++;
      else {
        const bucket = bucketOf(value);
        buckets[bucket]!++;
        finite++;
        if (bucket < lowest) lowest = bucket;
        if (bucket > highest) highest = bucket;
      }
    }
  }

  function quantile(q: number): number {
    if (finite === 0) return NaN;
    const rank = q * (finite - 1);
    let sum = 0;
    for (let bucket = lowest; bucket <= highest; bucket++) {
      const held = buckets[bucket]!;
      if (held > 0 && sum + held > rank) {
        const [from, to] = span(bucket);
        return from + ((to - from) * (rank - sum + 0.5)) / held;
      }
      sum += held;
    }
    return span(highest)[1];
  }

  /** A bucket's ends, no wider than the values go. */
  function span(bucket: number): [number, number] {
    const from = bucket === ZERO ? 0 : edge(bucket - 1);
    const to = bucket === ZERO ? 0 : edge(bucket);
    const clamp = (x: number): number => Math.max(Number.isFinite(min) ? min : x, Math.min(Number.isFinite(max) ? max : x, x));
    return [clamp(from), clamp(to)];
  }

  function bins(low: number, high: number, count: number): Float64Array {
    const out = new Float64Array(count);
    if (!(high > low)) return out;
    const scale = count / (high - low);
    for (let bucket = lowest; bucket <= highest; bucket++) {
      const held = buckets[bucket]!;
      if (held === 0) continue;
      const [a, b] = span(bucket);
      const from = (a - low) * scale;
      const to = (b - low) * scale;
      if (to < 0 || from > count) continue;
      const first = Math.floor(Math.max(0, from));
      const last = Math.floor(Math.min(count, to));
      if (!(to > from)) {
        out[Math.min(count - 1, first)]! += held;
        continue;
      }
      for (let bin = first; bin <= Math.min(last, count - 1); bin++) {
        const part = Math.min(to, bin + 1) - Math.max(from, bin);
        if (part > 0) out[bin]! += (held * part) / (to - from);
      }
    }
    return out;
  }

  function beyond(low: number, high: number): { below: number; above: number } {
    let under = below;
    let over = above;
    for (let bucket = lowest; bucket <= highest; bucket++) {
      const held = buckets[bucket]!;
      if (held === 0) continue;
      const [a, b] = span(bucket);
      if (b < low) under += held;
      else if (a > high) over += held;
    }
    const all = Math.max(1, finite + above + below);
    return { below: under / all, above: over / all };
  }

  return {
    update,
    quantile,
    bins,
    beyond,
    get count() {
      return finite + above + below;
    },
    get min() {
      return min;
    },
    get max() {
      return max;
    },
  };
}
