import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Breeder } from './breeder.ts';
import { Trials, ranked, type Member } from './trials.ts';

/**
 * A genetic algorithm after J. H. Holland (1975) as D. E. Goldberg, "Genetic algorithms in search, optimization and machine
 * learning" (1989), tells it: parents by tournament, crossover by the kind of axis, mutation, and the best of parents and
 * children live on. The strength of mutation follows the share of children that are better than their parents: I. Rechenberg's one-fifth rule (1973).
 * Two islands take turns, so that one runs while the other is learned, and exchange their best.
 */
const ISLANDS = 2;
const TOURNAMENT = 3;
const START_STEP = 0.12; // share of an axis
const LEAST_STEP = 0.004;
const MOST_STEP = 0.4;
const SUCCESS = 0.2;
const MIGRATE_EVERY = 4; // generations of an island
const MIGRANTS = 2;
const RESTART_AFTER = 12; // generations of an island without a better trial

interface Island {
  members: Member[];
  step: number;
  turns: number;
  stale: number;
  best: number;
  parents: number[][]; // scores of the better parent of each child, per generation under way
}

export const GENETIC: MethodMaker = { lag: ISLANDS, create: (tools) => new Genetic(tools) };

class Genetic implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #islands: Island[];
  readonly #breeder: Breeder;

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
    this.#breeder = new Breeder(tools, this.#trials);
    this.#islands = Array.from({ length: tools.lag }, () => ({
      members: [],
      step: START_STEP,
      turns: 0,
      stale: 0,
      best: -Infinity,
      parents: [],
    }));
  }

  propose(generation: number, candidates: Candidates): void {
    const island = this.#islands[generation % this.#islands.length]!;
    const trials = this.#trials;
    const better: number[] = [];
    for (let child = 0; child < this.#tools.size; child++) {
      const scores = island.members.length < 2 ? null : this.#child(island);
      if (scores === null ? trials.spread() : scores.made) {
        candidates.add(trials.positions);
        better.push(scores?.better ?? NaN);
      }
    }
    island.parents.push(better);
  }

  /** Leaves a child of two parents in the trial. */
  #child(island: Island): { readonly made: boolean; readonly better: number } {
    const [mother, father] = [this.#tournament(island), this.#tournament(island)];
    const made = this.#breeder.child(mother.entry, father.entry, island.step);
    return { made, better: Math.max(mother.score, father.score) };
  }

  #tournament({ members }: Island): Member {
    // Members stand best first: the smallest of a few places is the winner.
    let place = members.length;
    for (let k = 0; k < TOURNAMENT; k++) place = Math.min(place, this.#trials.draws.below(members.length));
    return members[place]!;
  }

  learn(generation: number, { entries, scores }: Batch): void {
    const island = this.#islands[generation % this.#islands.length]!;
    const parents = island.parents.shift()!;
    const children = entries.map((entry, k) => ({ entry, score: scores[k]! }));
    const bred = parents.filter((score) => !Number.isNaN(score)).length;
    if (bred > 0) {
      const better = children.filter(({ score }, k) => score > parents[k]!).length;
      const factor = better / bred > SUCCESS ? 1.25 : 0.88;
      island.step = Math.min(MOST_STEP, Math.max(LEAST_STEP, island.step * factor));
    }
    island.members = ranked([...island.members, ...children]).slice(0, this.#tools.size);
    const best = island.members[0]?.score ?? -Infinity;
    island.stale = best > island.best ? 0 : island.stale + 1;
    island.best = Math.max(best, island.best);
    if (++island.turns % MIGRATE_EVERY === 0) this.#migrate(generation);
    if (island.stale >= RESTART_AFTER) this.#restart(island);
  }

  /** The best of this island come to the next one. */
  #migrate(generation: number): void {
    const from = this.#islands[generation % this.#islands.length]!;
    const to = this.#islands[(generation + 1) % this.#islands.length]!;
    if (to === from || to.members.length === 0) return;
    to.members = ranked([...to.members, ...from.members.slice(0, MIGRANTS)]).slice(0, this.#tools.size);
  }

  #restart(island: Island): void {
    island.members = [];
    island.step = START_STEP;
    island.stale = 0;
    island.best = -Infinity;
  }
}
