import type { Rows } from '../metrics/rows.ts';
import { Archive } from './archive.ts';
import type { SearchSetup, Step } from './setup.ts';
import { Driver } from './driver.ts';
import type { MethodMaker } from './method.ts';
import { CMA } from './methods/cma.ts';
import { DIFFERENTIAL } from './methods/differential.ts';
import { GENETIC } from './methods/genetic.ts';
import { HALVING } from './methods/halving.ts';
import { AROUND, LISTED } from './methods/listed.ts';
import { NSGA } from './methods/nsga.ts';
import { LATIN, RANDOM, SOBOL } from './methods/spread.ts';
import { TPE } from './methods/tpe.ts';
import { ZOOM } from './methods/zoom.ts';
import type { Asked, Ended, Sampler } from './sampler.ts';
import { createScorer, type Scorer } from './score.ts';
import type { MethodName } from './spec.ts';
import { Told } from './told.ts';

const MAKERS: Readonly<Record<MethodName, MethodMaker>> = {
  grid: LISTED,
  zoom: ZOOM,
  random: RANDOM,
  sobol: SOBOL,
  latin: LATIN,
  genetic: GENETIC,
  differential: DIFFERENTIAL,
  cma: CMA,
  tpe: TPE,
  nsga: NSGA,
  halving: HALVING,
  around: AROUND,
};

/** Searches one after the other over one space; no trial runs twice. */
export class Search implements Sampler {
  asked = 0;
  readonly #setup: SearchSetup;
  readonly #archive: Archive;
  readonly #score: Scorer;
  readonly #told = new Told();
  readonly #steps: Step[];
  #at = 0; // the step under way
  #from = 0; // its first row
  #driver: Driver;
  #ended: Ended | null = null; // why the step under way asks no more

  constructor(setup: SearchSetup) {
    this.#setup = setup;
    this.#steps = [...setup.steps];
    this.#archive = new Archive(setup.space.axes.length, setup.goals.length);
    this.#score = createScorer(setup.goals, setup.limit);
    this.#driver = this.#start();
  }

  tell(_: Rows, from: number, to: number): void {
    this.#told.add(from, to);
  }

  /** Changes what ends the search under way. */
  limit(trials: number, patience: number): void {
    const last = this.#steps.length - 1;
    this.#steps[last] = { ...this.#steps[last]!, trials, patience };
  }

  ask(rows: Rows, from: number, to: number, maxSteps: number): Asked {
    const first = this.asked;
    const answer = (waiting: boolean, ended: Ended | null = null): Asked => ({
      written: this.asked - first,
      exhausted: ended !== null,
      waiting,
      ...(ended === null ? {} : { ended }),
      generations: this.#driver.generations.splice(0),
    });
    for (;;) {
      const step = this.#steps[this.#at]!;
      const limit = Math.min(first + to - from, this.#from + step.trials);
      const ready = Math.max(this.asked, Math.min(this.#archive.count, limit));
      this.#archive.write(rows, this.asked, ready, from + this.asked - first);
      this.asked = ready;
      const over = this.#whyOver(step);
      if (over !== null) {
        if (this.#at === this.#steps.length - 1) return answer(false, over);
        if (this.#told.prefix < this.asked) return answer(true);
        this.#next(rows);
        continue;
      }
      if (this.asked - first >= to - from) return answer(false);
      const before = this.#archive.count;
      const turn = this.#driver.turn(rows, this.#told.prefix, maxSteps);
      if (turn === 'waiting') return answer(true);
      if (turn === 'exhausted') this.#ended = 'space';
      else if (this.#driver.stale >= step.patience) this.#ended = 'patience';
      else if (this.#archive.count === before) return answer(false);
    }
  }

  #whyOver(step: Step): Ended | null {
    if (this.asked >= this.#from + step.trials) return 'trials';
    // What was proposed before the end is run.
    return this.#ended !== null && this.asked >= this.#archive.count ? this.#ended : null;
  }

  #next(rows: Rows): void {
    this.#archive.truncate(this.asked);
    for (let entry = this.#from; entry < this.asked; entry++) this.#score(rows, entry, this.#archive);
    this.#at++;
    this.#from = this.asked;
    this.#ended = null;
    this.#driver = this.#start();
  }

  #start(): Driver {
    const { space, robust, parts } = this.#setup;
    const { method, seed, size, trials } = this.#steps[this.#at]!;
    return new Driver({
      space,
      archive: this.#archive,
      maker: MAKERS[method],
      score: this.#score,
      seed,
      size,
      trials,
      robust,
      scored: this.#from,
      parts: method === 'halving' ? parts : 0,
    });
  }
}
