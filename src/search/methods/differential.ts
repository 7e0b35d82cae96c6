import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Ranking } from './ranking.ts';
import { Trials } from './trials.ts';

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
  members: Ranking;
  spare: Ranking; // takes the next members
  readonly outdone: number[]; // entries of replaced members: a further source of differences
  scale: number; // F
  crossover: number; // CR
  readonly under: Trial[][]; // per generation under way
}

interface Trial {
  readonly target: number; // index of the member, −1 for a first trial
  readonly scale: number;
  readonly crossover: number;
}

/** Fewer members cannot move along differences: first trials are added. */
const LEAST_MEMBERS = 4;

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
      members: new Ranking(tools.size + LEAST_MEMBERS),
      spare: new Ranking(tools.size + LEAST_MEMBERS),
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
      if (population.members.count < LEAST_MEMBERS) {
        if (!trials.spread()) continue;
        made.push({ target: -1, scale: 0, crossover: 0 });
      } else {
        const trial = this.#move(population, k % population.members.count);
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
    const own = members.entries[target]!;
    let trial: Trial | null = null;
    for (let attempt = 0; attempt <= AGAIN; attempt++) {
      const scale = Math.min(1, Math.max(0.1, population.scale + 0.1 * draws.normal()));
      const crossover = Math.min(1, Math.max(0.05, population.crossover + 0.1 * draws.normal()));
      const best = members.entries[draws.below(Math.max(2, Math.ceil(members.count * BEST_SHARE)))]!;
      const one = members.entries[draws.below(members.count)]!;
      const pick = draws.below(members.count + outdone.length);
      const other = pick < members.count ? members.entries[pick]! : outdone[pick - members.count]!;
      const sure = draws.below(this.#ranks.length);
      for (let a = 0; a < this.#ranks.length; a++) {
        const rank = this.#trials.rank(own, a);
        this.#ranks[a] = rank;
        if (a !== sure && draws.next() >= crossover) continue;
        const { size, ordered } = this.#tools.scales[a]!;
        if (!ordered) {
          this.#ranks[a] = this.#trials.rank(draws.next() < 0.5 ? best : one, a);
          if (draws.next() < 1 / (2 * size)) this.#ranks[a] = draws.below(size);
          continue;
        }
        const towards = this.#trials.rank(best, a) - rank;
        const along = this.#trials.rank(one, a) - this.#trials.rank(other, a);
        const to = rank + scale * (towards + along) + draws.next(); // the fraction is rounded either way, as often as it says
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
    const { members, spare, outdone } = population;
    let [worked, scales, squares, crossovers] = [0, 0, 0, 0];
    spare.clear();
    for (let k = 0; k < entries.length; k++) {
      const { target, scale, crossover } = made[k]!;
      const [entry, score] = [entries[k]!, scores[k]!];
      if (target < 0) {
        spare.add(entry, score);
        continue;
      }
      // Members keep their places until all children are heard: a member has several where trials outnumber members.
      if (score > members.scores[target]!) {
        outdone.push(members.entries[target]!);
        worked++;
        scales += scale;
        squares += scale * scale;
        crossovers += crossover;
      } else if (score !== members.scores[target]!) continue;
      members.entries[target] = entry;
      members.scores[target] = score;
    }
    for (let k = 0; k < members.count; k++) spare.add(members.entries[k]!, members.scores[k]!);
    population.members = spare;
    population.spare = members;
    outdone.splice(0, Math.max(0, outdone.length - this.#tools.size));
    if (worked > 0) {
      population.scale += LEARNING * (squares / scales - population.scale);
      population.crossover += LEARNING * (crossovers / worked - population.crossover);
    }
    if (this.#isStuck(population.members)) {
      population.members.clear();
      outdone.length = 0;
    }
  }

  /** All members at one place, or all equal: nothing is left to move along. */
  #isStuck({ count, entries }: Ranking): boolean {
    if (count < LEAST_MEMBERS) return count === 1;
    let spread = 0;
    for (let a = 0; a < this.#ranks.length; a++) {
      let least = Infinity;
      let most = -Infinity;
      for (let k = 0; k < count; k++) {
        const rank = this.#trials.rank(entries[k]!, a);
        least = Math.min(least, rank);
        most = Math.max(most, rank);
      }
      spread += most - least;
    }
    return spread < 1 + this.#ranks.length / 2;
  }
}
