import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Trials, ranked, type Member } from './trials.ts';

/**
 * Differential evolution, R. Storn, K. Price (1997), in the form of J. Zhang, A. C. Sanderson, "JADE: adaptive differential
 * evolution with optional external archive" (2009): each member moves towards one of the best and along the difference of two
 * others, and scale and crossover rate are drawn around what has worked lately. A name of a choice is taken where the member
 * crosses, from the one it moves to. Two populations take turns, so that one runs while the other is learned.
 */
const POPULATIONS = 2;
const BEST_SHARE = 0.15;
const LEARNING = 0.1;
const AGAIN = 4;

interface Population {
  members: Member[];
  outdone: Member[]; // replaced members: a further source of differences
  scale: number; // F
  crossover: number; // CR
  readonly under: Trial[][]; // per generation under way
}

interface Trial {
  readonly target: number; // index of the member, −1 for a first trial
  readonly scale: number;
  readonly crossover: number;
}

export const DIFFERENTIAL: MethodMaker = { lag: () => POPULATIONS, create: (tools) => new Differential(tools) };

class Differential implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #populations: Population[];
  readonly #ranks: Float64Array;

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
    this.#ranks = new Float64Array(tools.scales.length);
    this.#populations = Array.from({ length: tools.lag }, () => ({
      members: [],
      outdone: [],
      scale: 0.5,
      crossover: 0.7,
      under: [],
    }));
  }

  propose(generation: number, candidates: Candidates): void {
    const population = this.#populations[generation % this.#populations.length]!;
    const trials = this.#trials;
    const made: Trial[] = [];
    const { size } = this.#tools;
    for (let k = 0; k < size; k++) {
      if (population.members.length < 4) {
        if (!trials.spread()) continue;
        made.push({ target: -1, scale: 0, crossover: 0 });
      } else {
        const trial = this.#move(population, k % population.members.length);
        if (trial === null) continue;
        made.push(trial);
      }
      candidates.add(trials.positions);
    }
    population.under.push(made);
  }

  #move(population: Population, target: number): Trial | null {
    const { draws } = this.#trials;
    const { members, outdone } = population;
    let trial: Trial | null = null;
    for (let attempt = 0; attempt <= AGAIN; attempt++) {
      const scale = Math.min(1, Math.max(0.1, population.scale + 0.1 * draws.normal()));
      const crossover = Math.min(1, Math.max(0.05, population.crossover + 0.1 * draws.normal()));
      const best = members[draws.below(Math.max(2, Math.ceil(members.length * BEST_SHARE)))]!;
      const one = members[draws.below(members.length)]!;
      const pick = draws.below(members.length + outdone.length);
      const other = pick < members.length ? members[pick]! : outdone[pick - members.length]!;
      const sure = draws.below(this.#ranks.length);
      const own = members[target]!;
      for (let a = 0; a < this.#ranks.length; a++) {
        const rank = this.#trials.rank(own.entry, a);
        this.#ranks[a] = rank;
        if (a !== sure && draws.unit() >= crossover) continue;
        const { size, ordered } = this.#tools.scales[a]!;
        if (!ordered) {
          this.#ranks[a] = this.#trials.rank(draws.unit() < 0.5 ? best.entry : one.entry, a);
          if (draws.unit() < 1 / (2 * size)) this.#ranks[a] = draws.below(size);
          continue;
        }
        const towards = this.#trials.rank(best.entry, a) - rank;
        const along = this.#trials.rank(one.entry, a) - this.#trials.rank(other.entry, a);
        const to = rank + scale * (towards + along) + draws.unit(); // the fraction is rounded either way, as often as it says
        // Beyond an end: half way between the member and the end.
        this.#ranks[a] = to < 0 ? rank / 2 : to >= size ? (rank + size - 1) / 2 + 0.5 : to;
      }
      if (!this.#trials.near(this.#ranks)) continue;
      trial = { target, scale, crossover };
      if (!this.#trials.known) break;
    }
    return trial;
  }

  learn(generation: number, { entries, scores }: Batch): void {
    const population = this.#populations[generation % this.#populations.length]!;
    const made = population.under.shift()!;
    const next = [...population.members];
    const worked: Trial[] = [];
    entries.forEach((entry, k) => {
      const trial = made[k]!;
      const child = { entry, score: scores[k]! };
      const member = trial.target < 0 ? undefined : next[trial.target];
      if (member === undefined) next.push(child);
      else if (child.score > member.score) {
        population.outdone.push(member);
        next[trial.target] = child;
        worked.push(trial);
      } else if (child.score === member.score) next[trial.target] = child;
    });
    population.members = ranked(next);
    population.outdone = population.outdone.slice(-this.#tools.size);
    if (worked.length > 0) {
      const scales = worked.map(({ scale }) => scale);
      const lehmer = scales.reduce((a, b) => a + b * b, 0) / scales.reduce((a, b) => a + b, 0);
      const mean = worked.reduce((a, b) => a + b.crossover, 0) / worked.length;
      population.scale += LEARNING * (lehmer - population.scale);
      population.crossover += LEARNING * (mean - population.crossover);
    }
    if (this.#isStuck(population)) {
      population.members = [];
      population.outdone = [];
    }
  }

  /** All members at one place, or all equal: nothing is left to move along. */
  #isStuck({ members }: Population): boolean {
    if (members.length < 4) return members.length > 0 && members.length < 2;
    let spread = 0;
    for (let a = 0; a < this.#ranks.length; a++) {
      let least = Infinity;
      let most = -Infinity;
      for (const { entry } of members) {
        const rank = this.#trials.rank(entry, a);
        least = Math.min(least, rank);
        most = Math.max(most, rank);
      }
      spread += most - least;
    }
    return spread < 1 + this.#ranks.length / 2;
  }
}
