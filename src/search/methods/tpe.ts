import type { Batch, Candidates, Method, MethodMaker, Tools } from '../method.ts';
import { Parzen } from './parzen.ts';
import { Trials, ranked, type Member } from './trials.ts';

/**
 * Tree-structured Parzen estimator, J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for hyper-parameter optimization"
 * (2011), with one density over all axes as S. Falkner, A. Klein, F. Hutter, "BOHB" (2018), have it: the trials so far are split
 * into a good share and the rest; of some draws from the density of the good, the one is taken that is likeliest among the good
 * against the rest. Trials under way are lied about as bad ones, the constant liar of D. Ginsbourger, R. Le Riche, L. Carraro
 * (2010), so that the trials of a generation keep apart.
 */
const LAG = 2;
const GOOD_SHARE = 0.12;
const MOST_GOOD = 25;
const MOST_REST = 300; // kernels of the rest
const DRAWS = 24;
const START_GENERATIONS = 2;

export const TPE: MethodMaker = { lag: () => LAG, create: (tools) => new Tpe(tools) };

class Tpe implements Method {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #ranks: Float64Array;
  readonly #seen: Member[] = [];
  readonly #under: number[][] = []; // entries per generation under way

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#trials = new Trials(tools, 0);
    this.#ranks = new Float64Array(tools.scales.length);
  }

  propose(generation: number, candidates: Candidates): void {
    const { archive, size, lag } = this.#tools;
    const trials = this.#trials;
    const made: number[] = [];
    const add = (): void => {
      candidates.add(trials.positions);
      made.push(archive.find(trials.positions));
    };
    if (generation < Math.max(lag, START_GENERATIONS)) {
      for (let k = 0; k < size; k++) if (trials.spread()) add();
    } else {
      const good = Math.max(2, Math.min(MOST_GOOD, Math.ceil(this.#seen.length * GOOD_SHARE)));
      const order = ranked(this.#seen);
      const better = this.#densityOf(order.slice(0, good).map(({ entry }) => entry));
      const rest = thinned(order.slice(good));
      const worse = this.#densityOf([...rest.map(({ entry }) => entry), ...this.#under.flat()]);
      for (let k = 0; k < size; k++) {
        if (!this.#best(better, worse)) continue;
        add();
        worse.add(this.#ranksOf(made.at(-1)!));
      }
    }
    this.#under.push(made);
  }

  #densityOf(entries: readonly number[]): Parzen {
    const density = new Parzen(this.#tools.scales, entries.length);
    for (const entry of entries) density.add(this.#ranksOf(entry));
    return density;
  }

  #ranksOf(entry: number): Float64Array {
    for (let a = 0; a < this.#ranks.length; a++) this.#ranks[a] = this.#trials.rank(entry, a);
    return this.#ranks;
  }

  /** Leaves the best of some draws in the trial: of those that did not run yet, where there is one. */
  #best(better: Parzen, worse: Parzen): boolean {
    const trials = this.#trials;
    const { scales } = this.#tools;
    let chosen: Int32Array | null = null;
    let most = -Infinity;
    for (let k = 0; k < DRAWS; k++) {
      better.draw(trials.draws, this.#ranks);
      if (!trials.near(this.#ranks) || trials.known) continue;
      for (let a = 0; a < this.#ranks.length; a++) this.#ranks[a] = scales[a]!.rankOf(trials.positions[a]!);
      const ratio = better.density(this.#ranks) / worse.density(this.#ranks);
      if (!(ratio > most)) continue;
      most = ratio;
      chosen = Int32Array.from(trials.positions);
    }
    if (chosen === null) return trials.random();
    trials.positions.set(chosen);
    return true;
  }

  learn(_: number, { entries, scores }: Batch): void {
    this.#under.shift();
    entries.forEach((entry, k) => this.#seen.push({ entry, score: scores[k]! }));
  }
}

/** At most `MOST_REST` of them, evenly from the best to the worst. */
function thinned(members: readonly Member[]): readonly Member[] {
  if (members.length <= MOST_REST) return members;
  return Array.from({ length: MOST_REST }, (_, k) => members[Math.floor((k * members.length) / MOST_REST)]!);
}
