import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Breeder } from './breeder.ts';
import { Trials, ranked, type Member } from './trials.ts';

/**
 * Successive halving, K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization" (2016):
 * many trials run over a short part of the bars, the best third of them over three times as many, and only the last ones over
 * all. Half of the first ones of a bracket are children of the best trials so far, once there are some. Two brackets take turns,
 * so that one runs while the other is learned.
 */
const BRACKETS = 2;
const KEPT = 3; // one in this many is promoted
const STEP = 0.1;
const MOST_PARENTS = 24;

export const HALVING: MethodMaker = { lag: () => BRACKETS, create: (tools) => new Halving(tools) };

class Halving implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #breeder: Breeder;
  readonly #last: (readonly Member[])[]; // per bracket: what its last rung gave, best first
  #whole: Member[] = []; // best trials over all bars

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
    this.#breeder = new Breeder(tools, this.#trials);
    this.#last = Array.from({ length: tools.lag }, () => []);
  }

  /** Market of a generation: the shortest part first, all bars last. */
  #market(generation: number): number {
    const rungs = this.#tools.parts + 1;
    return this.#tools.parts - (Math.floor(generation / this.#last.length) % rungs);
  }

  propose(generation: number, candidates: Candidates): void {
    const market = this.#market(generation);
    const { parts, size, archive } = this.#tools;
    if (market === parts) {
      for (let k = 0; k < size; k++) if (this.#first(k)) candidates.add(this.#trials.positions, market);
      return;
    }
    const members = this.#last[generation % this.#last.length]!;
    const positions = new Int32Array(archive.axes);
    for (const { entry, score } of members.slice(0, Math.ceil(members.length / KEPT))) {
      if (score === -Infinity) break;
      archive.read(entry, positions);
      candidates.add(positions, market);
    }
  }

  #first(k: number): boolean {
    const parents = this.#whole;
    if (k % 2 === 0 || parents.length < 2) return this.#trials.spread();
    const { draws } = this.#trials;
    const pick = (): number => parents[Math.min(draws.below(parents.length), draws.below(parents.length))]!.entry;
    return this.#breeder.child(pick(), pick(), STEP);
  }

  learn(generation: number, { entries, scores }: Batch): void {
    const members = ranked(entries.map((entry, k) => ({ entry, score: scores[k]! })));
    this.#last[generation % this.#last.length] = members;
    if (this.#market(generation) === 0) {
      this.#whole = ranked([...this.#whole, ...members.filter(({ score }) => score > -Infinity)]).slice(0, MOST_PARENTS);
    }
  }
}
