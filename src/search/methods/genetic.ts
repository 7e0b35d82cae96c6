import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Breeder } from './breeder.ts';
import { Ranking } from './ranking.ts';
import { Trials } from './trials.ts';

/**
 * A genetic algorithm after J. H. Holland (1975) as D. E. Goldberg, "Genetic algorithms in search, optimization and machine
 * learning" (1989), tells it: parents by tournament, crossover by the kind of axis, mutation, and the best of parents and
 * children live on. The strength of mutation follows the share of children that are better than their parents: I. Rechenberg's one-fifth rule (1973).
 * Two islands take turns, each with half of every generation, and exchange their best.
 */
const ISLANDS = 2;
/** So many trials are under way where generations are small, so that no worker waits; more of them make it blind. */
const UNDER_WAY = 128;
const [LEAST_GENERATIONS, MOST_GENERATIONS] = [2, 4]; // under way
/** From this size of a generation on each island keeps as many members as a whole one has, not half as many. */
const LARGE = 64;
const TOURNAMENT = 3;
const START_STEP = 0.12; // share of an axis
const LEAST_STEP = 0.004;
const MOST_STEP = 0.4;
const SUCCESS = 0.2;
const TURNS = 2; // of an island, in which as many trials as a generation has are born: the strength of mutation changes
const MIGRATE_EVERY = 8; // turns of an island
const MIGRANTS = 2;
const RESTART_AFTER = 24; // turns of an island without a better trial

interface Island {
  readonly members: Ranking;
  step: number;
  turns: number;
  stale: number;
  best: number;
  bred: number; // children since the step changed
  better: number; // of them, better than their parents
  readonly parents: number[][]; // scores of the better parent of each child, per piece under way
}

export const GENETIC: MethodMaker = {
  pieces: ISLANDS,
  lag: (size) => ISLANDS * Math.max(LEAST_GENERATIONS, Math.min(MOST_GENERATIONS, Math.floor(UNDER_WAY / size))),
  create: (tools) => new Genetic(tools),
};

class Genetic implements Method {
  readonly #trials: Trials;
  readonly #children: number; // of an island, per piece
  readonly #islands: Island[];
  readonly #breeder: Breeder;

  constructor(tools: Tools) {
    this.#trials = new Trials(tools, 0);
    this.#children = Math.ceil(tools.size / ISLANDS);
    const members = tools.size >= LARGE ? tools.size : this.#children;
    this.#breeder = new Breeder(tools, this.#trials);
    this.#islands = Array.from({ length: ISLANDS }, () => ({
      members: new Ranking(members),
      step: START_STEP,
      turns: 0,
      stale: 0,
      best: -Infinity,
      bred: 0,
      better: 0,
      parents: [],
    }));
  }

  propose(piece: number, candidates: Candidates): void {
    const island = this.#islands[piece % ISLANDS]!;
    const { members } = island;
    const trials = this.#trials;
    const better: number[] = [];
    for (let child = 0; child < this.#children; child++) {
      if (members.count < 2) {
        if (!trials.spread()) continue;
        better.push(NaN);
      } else {
        const mother = this.#tournament(members.count);
        const father = this.#tournament(members.count);
        if (!this.#breeder.child(members.entries[mother]!, members.entries[father]!, island.step)) continue;
        better.push(Math.max(members.scores[mother]!, members.scores[father]!));
      }
      candidates.add(trials.positions);
    }
    island.parents.push(better);
  }

  /** Members stand best first: the smallest of a few places is the winner. */
  #tournament(count: number): number {
    const { draws } = this.#trials;
    let place = count;
    for (let k = 0; k < TOURNAMENT; k++) place = Math.min(place, draws.below(count));
    return place;
  }

  learn(piece: number, { entries, scores }: Batch): void {
    const island = this.#islands[piece % ISLANDS]!;
    const parents = island.parents.shift()!;
    for (let k = 0; k < entries.length; k++) {
      const score = scores[k]!;
      if (!Number.isNaN(parents[k]!)) island.bred++;
      if (score > parents[k]!) island.better++;
      island.members.add(entries[k]!, score);
    }
    island.turns++;
    if (island.turns % TURNS === 0) adapt(island);
    const best = island.members.count === 0 ? -Infinity : island.members.scores[0]!;
    island.stale = best > island.best ? 0 : island.stale + 1;
    island.best = Math.max(best, island.best);
    if (island.turns % MIGRATE_EVERY === 0) this.#migrate(piece);
    if (island.stale >= RESTART_AFTER) restart(island);
  }

  /** The best of this island come to the next one. */
  #migrate(piece: number): void {
    const from = this.#islands[piece % ISLANDS]!.members;
    const to = this.#islands[(piece + 1) % ISLANDS]!.members;
    if (to.count === 0) return;
    for (let k = 0; k < Math.min(MIGRANTS, from.count); k++) to.add(from.entries[k]!, from.scores[k]!);
  }
}

function adapt(island: Island): void {
  if (island.bred > 0) {
    const factor = island.better / island.bred > SUCCESS ? 1.25 : 0.88;
    island.step = Math.min(MOST_STEP, Math.max(LEAST_STEP, island.step * factor));
  }
  island.bred = 0;
  island.better = 0;
}

function restart(island: Island): void {
  island.members.clear();
  island.step = START_STEP;
  island.stale = 0;
  island.best = -Infinity;
}
