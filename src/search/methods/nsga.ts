import type { Archive } from '../archive.ts';
import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Breeder } from './breeder.ts';
import { Trials } from './trials.ts';

/**
 * NSGA-II for two or three objectives: K. Deb, A. Pratap, S. Agarwal, T. Meyarivan, "A fast and elitist multiobjective genetic
 * algorithm: NSGA-II" (2002). Parents and children are sorted into fronts, of which no trial is better than another in every
 * objective; inside a front, trials far from their neighbours go first. Children are made as by the genetic algorithm.
 */
const LAG = 2;
const STEP = 0.1;

export const NSGA: MethodMaker = { lag: () => LAG, create: (tools) => new Nsga(tools) };

class Nsga implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #breeder: Breeder;
  #members: number[] = []; // entries, best first

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
    this.#breeder = new Breeder(tools, this.#trials);
  }

  propose(_: number, candidates: Candidates): void {
    const trials = this.#trials;
    for (let k = 0; k < this.#tools.size; k++) {
      const made = this.#members.length < 2 ? trials.spread() : this.#breeder.child(this.#parent(), this.#parent(), STEP);
      if (made) candidates.add(trials.positions);
    }
  }

  /** The better of two: members stand in the crowded order. */
  #parent(): number {
    const { draws } = this.#trials;
    const count = this.#members.length;
    return this.#members[Math.min(draws.below(count), draws.below(count))]!;
  }

  learn(_: number, { entries }: Batch): void {
    const { archive, size } = this.#tools;
    this.#members = crowdedOrder([...new Set([...this.#members, ...entries])], archive).slice(0, size);
  }
}

/** By front, inside a front the loneliest first, ties by age. */
function crowdedOrder(entries: readonly number[], archive: Archive): number[] {
  const out: number[] = [];
  for (const front of fronts(entries, archive)) {
    const room = crowding(front, archive);
    out.push(...[...front].sort((a, b) => (room.get(a) === room.get(b) ? a - b : room.get(b)! > room.get(a)! ? 1 : -1)));
  }
  return out;
}

/** Whether trial a is as good as b in every objective and better in one. */
export function dominates(archive: Archive, a: number, b: number): boolean {
  let better = false;
  for (let k = 0; k < archive.objectives; k++) {
    const x = archive.score(a, k);
    const y = archive.score(b, k);
    if (x < y) return false;
    if (x > y) better = true;
  }
  return better;
}

function fronts(entries: readonly number[], archive: Archive): number[][] {
  const beats = new Map<number, number[]>();
  const beaten = new Map<number, number>();
  for (const entry of entries) {
    beats.set(entry, []);
    beaten.set(entry, 0);
  }
  for (const a of entries) {
    for (const b of entries) {
      if (!dominates(archive, a, b)) continue;
      beats.get(a)!.push(b);
      beaten.set(b, beaten.get(b)! + 1);
    }
  }
  const found: number[][] = [];
  let front = entries.filter((entry) => beaten.get(entry) === 0);
  while (front.length > 0) {
    found.push(front);
    const next: number[] = [];
    for (const a of front) {
      for (const b of beats.get(a)!) {
        const left = beaten.get(b)! - 1;
        beaten.set(b, left);
        if (left === 0) next.push(b);
      }
    }
    front = next;
  }
  return found;
}

/** Room around each trial of a front: the sum over objectives of the distance between its neighbours. Ends have ∞. */
function crowding(front: readonly number[], archive: Archive): Map<number, number> {
  const room = new Map(front.map((entry) => [entry, 0]));
  for (let k = 0; k < archive.objectives; k++) {
    const order = [...front].sort((a, b) => archive.score(a, k) - archive.score(b, k) || a - b);
    const least = archive.score(order[0]!, k);
    const range = archive.score(order.at(-1)!, k) - least;
    room.set(order[0]!, Infinity);
    room.set(order.at(-1)!, Infinity);
    if (!(range > 0 && range < Infinity)) continue;
    for (let i = 1; i < order.length - 1; i++) {
      const gap = (archive.score(order[i + 1]!, k) - archive.score(order[i - 1]!, k)) / range;
      room.set(order[i]!, room.get(order[i]!)! + gap);
    }
  }
  return room;
}
