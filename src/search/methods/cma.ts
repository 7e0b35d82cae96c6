import { pow } from '../../core/maths.ts';
import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import type { Scale } from '../scale.ts';
import { Evolution } from './evolution.ts';
import { Trials } from './trials.ts';

/**
 * CMA-ES with restarts in two regimes, after N. Hansen, "Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed"
 * (2009): one run starts over with twice the population, the other with a small one and often a small step. Where the original
 * runs them in turn by what they spent, here they take turns by generation, so that one runs while the other is learned.
 *
 * An ordered axis is one coordinate, its share of the axis; a choice of three or more names is a coordinate per name, the
 * largest of which counts.
 */
const RUNS = 2;
const START_SIGMA = 0.3;
const MOST_CONDITION = 1e7;
const CELL_SHARE = 0.25; // least standard deviation, in steps of the axis
const MOST_GROWTH = 6; // doublings

interface Run {
  evolution: Evolution;
  readonly grows: boolean;
  restarts: number;
  readonly under: Float64Array[][]; // points per generation under way
  best: number;
  stale: number;
}

export const CMA: MethodMaker = { lag: () => RUNS, create: (tools) => new Cma(tools) };

class Cma implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #first: readonly number[]; // coordinate of each axis; −1 for one with a single value
  readonly #n: number;
  readonly #least: Float64Array;
  readonly #ranks: Float64Array;
  readonly #runs: Run[];

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
    this.#ranks = new Float64Array(tools.scales.length);
    let n = 0;
    this.#first = tools.scales.map((scale) => {
      if (scale.size < 2) return -1;
      const at = n;
      n += coordinates(scale);
      return at;
    });
    this.#n = Math.max(1, n);
    this.#least = new Float64Array(this.#n).fill(0.02);
    tools.scales.forEach((scale, a) => {
      if (this.#first[a]! >= 0 && coordinates(scale) === 1) this.#least[this.#first[a]!] = CELL_SHARE / scale.size;
    });
    this.#runs = Array.from({ length: tools.lag }, (_, k) => ({
      evolution: this.#start(START_SIGMA, tools.size),
      grows: k === 0,
      restarts: 0,
      under: [],
      best: -Infinity,
      stale: 0,
    }));
  }

  #start(sigma: number, lambda: number): Evolution {
    const mean = new Float64Array(this.#n).fill(0.5);
    if (this.#trials.spread()) {
      this.#tools.scales.forEach((scale, a) => {
        const at = this.#first[a]!;
        if (at < 0) return;
        const rank = scale.rankOf(this.#trials.positions[a]!);
        if (coordinates(scale) === 1) mean[at] = (rank + 0.5) / scale.size;
        else mean[at + rank] = 0.6;
      });
    }
    return new Evolution(mean, sigma, lambda, this.#least, this.#trials.draws);
  }

  propose(generation: number, candidates: Candidates): void {
    const run = this.#runs[generation % this.#runs.length]!;
    const points: Float64Array[] = [];
    for (let k = 0; k < run.evolution.lambda; k++) {
      const point = new Float64Array(this.#n);
      run.evolution.sample(point);
      if (!this.#toTrial(point)) continue;
      points.push(point);
      candidates.add(this.#trials.positions);
    }
    run.under.push(points);
  }

  /** Leaves the nearest feasible trial, and moves the point to where that trial is along the axes that had to move. */
  #toTrial(point: Float64Array): boolean {
    const { scales } = this.#tools;
    scales.forEach((scale, a) => {
      const at = this.#first[a]!;
      if (at < 0) this.#ranks[a] = 0;
      else if (coordinates(scale) > 1) this.#ranks[a] = largest(point, at, scale.size);
      else {
        point[at] = Math.min(1 - 1e-12, Math.max(0, point[at]!));
        this.#ranks[a] = Math.floor(point[at] * scale.size);
      }
    });
    if (!this.#trials.near(this.#ranks)) return false;
    scales.forEach((scale, a) => {
      const at = this.#first[a]!;
      const rank = scale.rankOf(this.#trials.positions[a]!);
      if (at < 0 || rank === this.#ranks[a]) return;
      if (coordinates(scale) === 1) point[at] = (rank + 0.5) / scale.size;
      else point[at + rank] = point[at + this.#ranks[a]!]! + 1e-9;
    });
    return true;
  }

  learn(generation: number, { entries, scores, fresh }: Batch): void {
    const run = this.#runs[generation % this.#runs.length]!;
    const points = run.under.shift()!;
    const order = entries.map((_, k) => k).sort((a, b) => compare(scores[b]!, scores[a]!) || a - b);
    if (order.length >= 2) run.evolution.update(order.map((k) => points[k]!));
    const best = order.length === 0 ? -Infinity : scores[order[0]!]!;
    run.stale = best > run.best ? 0 : run.stale + 1;
    run.best = Math.max(run.best, best);
    if (fresh === 0 || order.length < 2 || this.#isOver(run)) this.#restart(run);
  }

  /** The tutorial's stopping rules, as far as they matter on a grid. */
  #isOver({ evolution, stale }: Run): boolean {
    const { lambda, n } = evolution;
    if (stale > 10 + Math.ceil((30 * n) / lambda) + 10 * Number(n > 4)) return true;
    if (!(evolution.condition < MOST_CONDITION) || !(evolution.sigma > 0)) return true;
    let small = true;
    for (let i = 0; i < n; i++) if (evolution.deviation(i) > Math.max(1e-13, this.#least[i]! * 1.01)) small = false;
    return small && stale > 3;
  }

  #restart(run: Run): void {
    const { size } = this.#tools;
    const { draws } = this.#trials;
    run.restarts++;
    run.best = -Infinity;
    run.stale = 0;
    if (run.grows) {
      run.evolution = this.#start(START_SIGMA, size * (1 << Math.min(MOST_GROWTH, run.restarts)));
    } else {
      const large = this.#runs.find(({ grows }) => grows)!.evolution.lambda;
      const u = draws.next();
      const lambda = Math.round(size * pow(Math.max(1, large / 2 / size), u * u));
      run.evolution = this.#start(START_SIGMA * pow(10, -2 * draws.next()), lambda);
    }
  }
}

function coordinates({ ordered, size }: Scale): number {
  return ordered || size < 3 ? 1 : size;
}

function largest(point: Float64Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (point[from + k]! > point[from + best]!) best = k;
  return best;
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a > b ? 1 : -1;
}
