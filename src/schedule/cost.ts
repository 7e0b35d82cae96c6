import { exp, log } from '../core/maths.ts';
import type { RowRange } from './chunks.ts';

/**
 * What the rows that are left will cost, learnt from what ranges took. Trials of one study differ in cost (long periods, early
 * stops, costly choices), and a grid runs its slowest axis in order, so counting rows would be wrong by the factor between the
 * first and the last value of that axis.
 *
 * Model: the logarithm of a row's cost is a sum of one function per axis: any number per choice, piecewise linear along an
 * ordered axis. Fitted by ridge regression over ranges, weighted by the root of their rows; brought back to scale with what
 * the probes took, which lie evenly over all rows. A few dozen unknowns, refitted twice a second, at the start more often.
 */
export interface CostModel {
  /** Rows [from, from + count) kept a worker busy for `ms`. @param probe whether they were chosen to see what is to come */
  took(from: number, count: number, ms: number, probe: boolean): void;
  /** Busy milliseconds of one worker for all rows below `total` outside the ranges; null while nothing is known. */
  left(total: number, asked: number, finished: readonly RowRange[], nowMs: number): number | null;
}

export interface AxisShape {
  readonly size: number;
  readonly ordered: boolean;
}

const KNOTS = 6; // of an ordered axis
const MOST_CHOICES = 12; // told apart; further ones share the last
const MOST_OBSERVATIONS = 1500;
const SAMPLED = 24; // rows of a range that are looked at
const BLOCKS = 256;
const PER_BLOCK = 4;
const REFIT_MS = 500;
/** Of the busy time: at the start of a study half a second is much of what is known. */
const REFIT_GROWTH = 1.1;
const RIDGE = 0.05;
/** The first ranges of a study also compile its code: those of them that took many times what the model says tell nothing of the rows. */
const COLD = 24;
const FAR = 6;
/**
 * The first trials also compute what later ones find remembered: of the busy time, this share at its beginning is left out of the account, up
 * to so many milliseconds.
 */
const WARM_SHARE = 0.1;
const WARM_MS = 4000;
/** Ranges are compared in so many parts of the busy time. */
const PARTS = 10;
const COLDER = 1.25;
/** As many probes ahead weigh as much as all rows so far. */
const SHRINK = 16;

interface Observation {
  readonly row: number; // the first one
  readonly at: number; // busy milliseconds of all workers until then
  readonly features: Float64Array;
  readonly logMs: number; // per row
  readonly ms: number; // per row
  readonly weight: number;
  readonly probe: boolean;
}

/** @param positions of the rows, one column per axis */
export function createCostModel(positions: readonly ArrayLike<number>[], axes: readonly AxisShape[]): CostModel {
  const starts: number[] = [];
  let width = 1; // the first feature is 1
  for (const { size, ordered } of axes) {
    starts.push(width);
    width += size < 2 ? 0 : ordered ? Math.min(KNOTS, size) : Math.min(MOST_CHOICES, size);
  }
  let observations: Observation[] = [];
  let every = 1; // only each so many-th range is kept, once there are many
  let turn = 0;
  let weights: Float64Array | null = null;
  let scale = 1;
  let blocks: Float64Array | null = null;
  let known = { total: 0, asked: 0 };
  let fittedMs = -Infinity;
  let fittedBusyMs = 0;
  let busyMs = 0;

  function addFeatures(row: number, share: number, into: Float64Array): void {
    into[0]! += share;
    for (let a = 0; a < axes.length; a++) {
      const { size, ordered } = axes[a]!;
      if (size < 2) continue;
      const position = positions[a]![row] ?? 0;
      const start = starts[a]!;
      if (!ordered) {
        into[start + Math.min(position, MOST_CHOICES - 1)]! += share;
        continue;
      }
      const knots = Math.min(KNOTS, size);
      const at = (position / (size - 1)) * (knots - 1);
      const low = Math.min(knots - 2, Math.floor(at));
      into[start + low]! += share * (1 - (at - low));
      into[start + low + 1]! += share * (at - low);
    }
  }

  /** Ridge regression over what was observed. */
  function solved(): Float64Array {
    const matrix = Array.from({ length: width }, () => new Float64Array(width + 1));
    for (const { features, logMs, weight } of observations) {
      for (let i = 0; i < width; i++) {
        const scaled = features[i]! * weight;
        if (scaled === 0) continue;
        const line = matrix[i]!;
        for (let j = 0; j < width; j++) line[j]! += scaled * features[j]!;
        line[width]! += scaled * logMs;
      }
    }
    for (let i = 1; i < width; i++) matrix[i]![i]! += RIDGE;
    matrix[0]![0]! += 1e-9;
    return solve(matrix);
  }

  /** @param frontier the first row that is not finished */
  function fit(frontier: number): void {
    const warm = observations.filter(({ at }) => at > Math.min(WARM_SHARE * busyMs, WARM_MS));
    if (warm.length > 2 * COLD) observations = warm;
    let fitted = solved();
    const cold = coldUntil(fitted);
    const later = observations.filter(({ at }) => at > cold);
    if (later.length < observations.length && later.length > 2 * COLD) {
      observations = later;
      fitted = solved();
    }
    const far = ({ ms, features }: Observation): boolean => ms > FAR * exp(dot(features, fitted));
    if (observations.length > 2 * COLD && observations.some((one, k) => k < COLD && far(one))) {
      observations = observations.filter((one, k) => k >= COLD || !far(one));
      fitted = solved();
    }
    weights = fitted;
    scale = scaleOf(fitted, frontier);
  }

  /**
   * Busy milliseconds after which ranges take what the model says: the leading tenths that took a quarter more than the later half
   * did, half of them at the most.
   */
  function coldUntil(fitted: Float64Array): number {
    const took = new Float64Array(PARTS);
    const said = new Float64Array(PARTS);
    for (const { features, ms, weight, at } of observations) {
      const part = Math.min(PARTS - 1, Math.floor((PARTS * at) / busyMs));
      took[part]! += ms * weight * weight;
      said[part]! += exp(dot(features, fitted)) * weight * weight;
    }
    let [laterTook, laterSaid] = [0, 0];
    for (let part = PARTS / 2; part < PARTS; part++) {
      laterTook += took[part]!;
      laterSaid += said[part]!;
    }
    let parts = 0;
    while (parts < PARTS / 2 && took[parts]! * laterSaid >= COLDER * laterTook * said[parts]!) parts++;
    return (parts / PARTS) * busyMs;
  }

  /**
   * The mean of a logarithm is not the logarithm of a mean, and no model is right everywhere: the probes among the rows that
   * are left tell the factor, the more of them the more they count against all rows so far.
   */
  function scaleOf(fitted: Float64Array, frontier: number): number {
    let [took, said, ahead, aheadTook, aheadSaid] = [0, 0, 0, 0, 0];
    for (const { features, ms, row, weight, probe } of observations) {
      const cost = exp(dot(features, fitted));
      const rows = weight * weight;
      took += ms * rows;
      said += cost * rows;
      if (!probe || row < frontier) continue;
      ahead++;
      aheadTook += ms * rows;
      aheadSaid += cost * rows;
    }
    if (!(said > 0)) return 1;
    const overall = took / said;
    const shared = ahead > 0 ? (SHRINK * aheadSaid) / ahead : 1;
    return (aheadTook + overall * shared) / (aheadSaid + shared);
  }

  /** Cost of a row of each block, the mean of a few; where rows have no positions yet, the mean of those that have. */
  function refresh(total: number, asked: number): Float64Array {
    const fitted = weights!;
    const costs = new Float64Array(BLOCKS).fill(NaN);
    const features = new Float64Array(width);
    let sum = 0;
    let count = 0;
    for (let block = 0; block < BLOCKS; block++) {
      let cost = 0;
      let looked = 0;
      for (let k = 0; k < PER_BLOCK; k++) {
        const row = Math.floor(((block + (k + 0.5) / PER_BLOCK) * total) / BLOCKS);
        if (row >= asked || row >= total) continue;
        features.fill(0);
        addFeatures(row, 1, features);
        cost += exp(dot(features, fitted)) * scale;
        looked++;
      }
      if (looked === 0) continue;
      costs[block] = cost / looked;
      sum += cost;
      count += looked;
    }
    const mean = count > 0 ? sum / count : NaN;
    for (let block = 0; block < BLOCKS; block++) if (Number.isNaN(costs[block]!)) costs[block] = mean;
    return costs;
  }

  return {
    took(from, count, ms, probe) {
      busyMs += ms;
      if (count < 1 || (!probe && turn++ % every !== 0)) return;
      const features = new Float64Array(width);
      const looked = Math.min(count, SAMPLED);
      for (let k = 0; k < looked; k++) addFeatures(from + Math.floor(((k + 0.5) * count) / looked), 1 / looked, features);
      const perRow = Math.max(ms, 1e-6) / count;
      observations.push({ row: from, at: busyMs, features, logMs: log(perRow), ms: perRow, weight: Math.sqrt(count), probe });
      if (observations.length <= MOST_OBSERVATIONS) return;
      observations = observations.filter((one, k) => one.probe || k % 2 === 0);
      every *= 2;
    },
    left(total, asked, finished, nowMs) {
      if (observations.length === 0 || total < 1) return null;
      const stale = nowMs - fittedMs >= REFIT_MS || busyMs > REFIT_GROWTH * fittedBusyMs;
      if (weights === null || stale || total !== known.total || asked > 1.1 * known.asked) {
        fit(finished[0]?.from === 0 ? finished[0].to : 0);
        blocks = refresh(total, asked);
        fittedMs = nowMs;
        fittedBusyMs = busyMs;
        known = { total, asked };
      }
      return remaining(blocks!, total, finished);
    },
  };
}

/** Rows of each block outside the ranges, times the block's cost. @param finished sorted, disjoint */
function remaining(costs: Float64Array, total: number, finished: readonly RowRange[]): number {
  let sum = 0;
  let first = 0;
  for (let block = 0; block < costs.length; block++) {
    const from = (block * total) / costs.length;
    const to = ((block + 1) * total) / costs.length;
    let done = 0;
    while (first < finished.length && finished[first]!.to <= from) first++;
    for (let k = first; k < finished.length && finished[k]!.from < to; k++) {
      done += Math.max(0, Math.min(to, finished[k]!.to) - Math.max(from, finished[k]!.from));
    }
    sum += (to - from - done) * costs[block]!;
  }
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Gaussian elimination with pivots, in place. @param matrix n lines of n + 1 numbers, the right side last */
function solve(matrix: Float64Array[]): Float64Array {
  const n = matrix.length;
  for (let i = 0; i < n; i++) {
    let best = i;
    for (let j = i + 1; j < n; j++) if (Math.abs(matrix[j]![i]!) > Math.abs(matrix[best]![i]!)) best = j;
    [matrix[i], matrix[best]] = [matrix[best]!, matrix[i]!];
    const line = matrix[i]!;
    const pivot = line[i]!;
    if (pivot === 0) continue;
    for (let j = i + 1; j < n; j++) {
      const other = matrix[j]!;
      const factor = other[i]! / pivot;
      if (factor !== 0) for (let k = i; k <= n; k++) other[k]! -= factor * line[k]!;
    }
  }
  const out = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = matrix[i]![n]!;
    for (let k = i + 1; k < n; k++) sum -= matrix[i]![k]! * out[k]!;
    out[i] = matrix[i]![i]! === 0 ? 0 : sum / matrix[i]![i]!;
  }
  return out;
}
