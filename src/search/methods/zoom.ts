import { pow } from '../../core/maths.ts';
import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { median } from '../generation.ts';
import { Trials } from './trials.ts';

/**
 * Grid from coarse to fine. The first level is a coarse grid over the whole space; every further one halves the distance of its
 * points around the best plateau so far: the point with the best median of itself and its neighbours on its own level, so that
 * a lonely peak does not draw the search. Once a plateau is down to single steps, the next best one is taken.
 */
const COARSE_SHARE = 0.3; // of the budget
const LEAST_COARSE = 64;
const REACH = 2; // points to either side of a plateau's middle
const MOST_POINTS = 20_000; // of one level

interface Plateau {
  readonly entry: number; // its middle
  readonly height: number; // median of it and its neighbours
  readonly level: Level;
}

interface Level {
  readonly stride: readonly number[]; // ranks between neighbours, per axis; 0 on a choice
  readonly scores: Map<string, number>; // by the index of the point on the level, per axis
}

export const ZOOM: MethodMaker = { lag: () => 1, create: (tools) => new Zoom(tools) };

class Zoom implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #plateaus: Plateau[] = []; // not refined yet
  readonly #under: { readonly level: Level; readonly cells: (readonly number[])[] }[] = [];

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
  }

  propose(generation: number, candidates: Candidates): void {
    if (generation < this.#tools.lag) {
      if (generation === 0) this.#coarse(candidates);
      else this.#under.push({ level: { stride: [], scores: new Map() }, cells: [] });
      return;
    }
    const plateau = this.#bestPlateau();
    const level: Level = {
      stride: plateau === null ? [] : plateau.level.stride.map((stride) => Math.ceil(stride / 2)),
      scores: new Map(),
    };
    const cells: (readonly number[])[] = [];
    if (plateau !== null) {
      const ranks = this.#tools.scales.map((_, a) => this.#trials.rank(plateau.entry, a));
      this.#fill(level, ranks, this.#reach(level), cells, candidates);
    }
    this.#under.push({ level, cells });
  }

  #coarse(candidates: Candidates): void {
    const { scales, trials } = this.#tools;
    const wanted = Number.isFinite(trials) ? Math.max(LEAST_COARSE, trials * COARSE_SHARE) : 4 * LEAST_COARSE;
    // The same count of points on every axis, as many as fit; a short axis has all of its values.
    let perAxis = 1;
    const count = (most: number): number =>
      scales.reduce((product, { size, ordered }) => product * (ordered ? Math.min(size, most) : size), 1);
    while (count(perAxis + 1) <= Math.min(wanted, MOST_POINTS) && perAxis < 1000) perAxis++;
    const stride = scales.map(({ size, ordered }) => (ordered ? Math.max(1, Math.ceil(size / perAxis)) : 0));
    const level: Level = { stride, scores: new Map() };
    const cells: (readonly number[])[] = [];
    const middle = scales.map(({ size }, a) => Math.floor(Math.min(stride[a]!, size) / 2));
    const counts = scales.map(({ size, ordered }, a) => (ordered ? Math.ceil(size / stride[a]!) : size));
    this.#fill(
      level,
      middle,
      counts.map((c) => [0, c - 1] as const),
      cells,
      candidates,
    );
    this.#under.push({ level, cells });
  }

  /** Points to either side; on a choice, all names only on the first level. */
  #reach({ stride }: Level): readonly (readonly [number, number])[] {
    const ordered = stride.filter((s) => s > 0).length;
    const reach = pow(2 * REACH + 1, ordered) > MOST_POINTS ? 1 : REACH;
    return stride.map((s) => (s === 0 ? [0, 0] : [-reach, reach]));
  }

  #fill(
    level: Level,
    origin: readonly number[],
    reach: readonly (readonly [number, number])[],
    cells: (readonly number[])[],
    candidates: Candidates,
  ): void {
    const { scales } = this.#tools;
    const cell = reach.map(([from]) => from);
    const ranks = new Float64Array(scales.length);
    for (let points = 0; points < MOST_POINTS; points++) {
      const inside = cell.every((c, a) => {
        const rank = origin[a]! + c * (level.stride[a]! === 0 ? 1 : level.stride[a]!);
        ranks[a] = rank;
        return rank >= 0 && rank < scales[a]!.size;
      });
      if (inside && this.#isHere(ranks)) {
        cells.push([...cell]);
        candidates.add(this.#trials.positions);
      }
      let axis = cell.length - 1;
      while (axis >= 0 && cell[axis]! >= reach[axis]![1]) {
        cell[axis] = reach[axis]![0];
        axis--;
      }
      if (axis < 0) return;
      cell[axis]!++;
    }
  }

  /** Whether the trial at these ranks is feasible itself: a grid has no point beside its place. */
  #isHere(ranks: Float64Array): boolean {
    const { scales } = this.#tools;
    if (!this.#trials.near(ranks)) return false;
    return scales.every((scale, a) => scale.rankOf(this.#trials.positions[a]!) === ranks[a]);
  }

  learn(_: number, { entries, scores }: Batch): void {
    const { level, cells } = this.#under.shift()!;
    entries.forEach((entry, k) => level.scores.set(cells[k]!.join(), scores[k]!));
    if (!level.stride.some((stride) => stride > 1)) return;
    entries.forEach((entry, k) => {
      this.#plateaus.push({ entry, height: this.#height(cells[k]!, level), level });
    });
  }

  /** Takes the best plateau that was not refined yet. */
  #bestPlateau(): Plateau | null {
    let best = -1;
    this.#plateaus.forEach(({ height }, k) => {
      if (height > (best < 0 ? -Infinity : this.#plateaus[best]!.height)) best = k;
    });
    return best < 0 ? null : this.#plateaus.splice(best, 1)[0]!;
  }

  #height(cell: readonly number[], { stride, scores }: Level): number {
    const near = [scores.get(cell.join())!];
    for (let a = 0; a < cell.length; a++) {
      if (stride[a] === 0) continue;
      for (const by of [-1, 1]) {
        const other = scores.get(cell.map((c, b) => (b === a ? c + by : c)).join());
        if (other !== undefined) near.push(other);
      }
    }
    return median(near);
  }
}
