import type { Rows } from '../metrics/rows.ts';
import { Odometer } from '../space/odometer.ts';
import type { Space } from '../space/space.ts';
import { Feasible } from '../space/feasible.ts';
import type { Archive } from './archive.ts';
import { Draws } from './draws.ts';
import { measure, together, type Generation } from './generation.ts';
import type { Batch, Method, MethodMaker } from './method.ts';
import { robustScores, Vicinity } from './robust.ts';
import { scaleOf, type Scale } from './scale.ts';
import type { Scorer } from './score.ts';

/** Random trials in a row that were asked before: then the space is nearly used up, and the rest is listed. */
const MOST_REPEATS = 64;
/** At least this share of a generation is new: where a method repeats itself, random trials make up for it. */
const LEAST_FRESH = 0.1;
const FILL_STREAM = 1;

export interface DriverOptions {
  readonly space: Space;
  readonly archive: Archive;
  readonly maker: MethodMaker;
  readonly score: Scorer;
  readonly seed: number;
  readonly size: number; // candidates of a generation
  readonly trials: number; // budget
  readonly robust: boolean;
  readonly scored: number; // entries of the archive that have scores already
  readonly parts: number; // further market numbers, for parts of the bars
}

/** What became of a turn. */
export type Turn = 'more' | 'waiting' | 'exhausted';

interface Proposed {
  entries: readonly number[];
  readonly fresh: number;
  readonly end: number; // entries of the archive once it and everything before it is asked
  around: number; // as `end`, with the neighbours that its best trials needed
}

/** Runs a method in its fixed order over the archive: trials in, scores out. */
export class Driver {
  readonly scales: readonly Scale[];
  readonly generations: Generation[] = []; // learned and not taken yet
  /** Generations learned since the best score got better. */
  stale = 0;
  best = -Infinity;
  readonly #options: DriverOptions;
  readonly #feasible: Feasible;
  readonly #method: Method;
  readonly #pieces: number; // of a generation
  readonly #probeLag: number; // the neighbours of piece p are asked before piece p + this one
  readonly #lag: number;
  readonly #fill: Draws;
  readonly #vicinity: Vicinity;
  readonly #proposed: Proposed[] = [];
  readonly #scratch: Int32Array;
  #learned = 0; // pieces
  #heard: Batch[] = []; // learned pieces of the generation that is not learned whole
  #scored: number;
  #missing = 0; // trials that still have to be filled in
  #open: { entries: number[]; before: number } | null = null; // a piece that is being filled
  #odometer: Odometer | null = null;
  #done = false;

  constructor(options: DriverOptions) {
    const { space, archive, maker, seed, size, trials, robust } = options;
    this.#options = options;
    this.#feasible = new Feasible(space);
    this.scales = space.axes.map(scaleOf);
    this.#pieces = maker.pieces ?? 1;
    this.#probeLag = maker.lag(size);
    this.#lag = robust ? this.#probeLag + this.#pieces : this.#probeLag;
    this.#fill = new Draws(seed, FILL_STREAM);
    this.#vicinity = new Vicinity(space, this.scales);
    this.#scratch = new Int32Array(space.axes.length);
    this.#scored = options.scored;
    this.#method = maker.create({
      space,
      scales: this.scales,
      feasible: this.#feasible,
      archive,
      size,
      lag: this.#lag,
      trials,
      parts: options.parts,
      draws: (stream) => new Draws(seed, stream + 16),
    });
  }

  /** One step: learns what is due and proposes the next piece of a generation, as far as told rows and `maxSteps` allow. */
  turn(rows: Rows, told: number, maxSteps: number): Turn {
    if (this.#done) return 'exhausted';
    if (this.#open === null) {
      const next = this.#proposed.length;
      const { robust } = this.#options;
      const probed = this.#proposed[next - this.#probeLag];
      if (robust && probed !== undefined && probed.around < 0) {
        if (told < probed.end) return 'waiting';
        this.#scoreTo(rows, probed.end);
        this.#askAround(probed);
      }
      const due = this.#proposed[next - this.#lag];
      if (due !== undefined && this.#learned === next - this.#lag) {
        const end = robust ? due.around : due.end;
        if (told < end) return 'waiting';
        this.#scoreTo(rows, end);
        this.#learn(due);
      }
      if (this.#feasible.empty) {
        this.#done = true;
        return 'exhausted';
      }
      this.#propose(next);
    }
    return this.#fillUp(maxSteps);
  }

  #propose(piece: number): void {
    const { archive, size } = this.#options;
    const before = archive.count;
    const entries: number[] = [];
    this.#open = { entries, before };
    this.#method.propose(piece, {
      add: (positions, market = 0) => {
        const known = archive.find(positions, market);
        entries.push(known < 0 ? archive.add(positions, market) : known);
      },
    });
    if (this.#method.over === true && entries.length === 0) {
      this.#done = true;
      this.#missing = 0;
      return;
    }
    const fresh = archive.count - before;
    this.#missing = Math.max(0, Math.ceil((entries.length || size / this.#pieces) * LEAST_FRESH) - fresh);
  }

  /** Fills a piece of repeats with new trials: random ones, and where hardly any is left, all of them in trial order. */
  #fillUp(maxSteps: number): Turn {
    const open = this.#open;
    const { archive, space } = this.#options;
    if (open === null) return 'exhausted';
    while (this.#missing > 0 && this.#odometer === null) {
      if (this.#addRandom()) this.#missing--;
      else this.#odometer = new Odometer(space.axes, space.constraints);
    }
    if (this.#missing > 0 && !this.#addListed(maxSteps)) return 'more';
    const { entries, before } = open;
    this.#proposed.push({ entries, fresh: archive.count - before, end: archive.count, around: -1 });
    this.#open = null;
    return this.#done ? 'exhausted' : 'more';
  }

  /** Adds a random trial that did not run yet; false where too many in a row did. */
  #addRandom(): boolean {
    const { archive } = this.#options;
    for (let repeat = 0; repeat < MOST_REPEATS; repeat++) {
      if (!this.#feasible.draw(this.#fill.unit, this.#scratch) || archive.find(this.#scratch) >= 0) continue;
      archive.add(this.#scratch);
      return true;
    }
    return false;
  }

  /** Adds what is missing from the list of all trials; false where the steps were used up first. */
  #addListed(maxSteps: number): boolean {
    const odometer = this.#odometer!;
    const { archive } = this.#options;
    const started = odometer.steps;
    while (this.#missing > 0) {
      const next = odometer.next(maxSteps - (odometer.steps - started));
      if (next === null) return false;
      if (!next) {
        this.#done = true;
        this.#missing = 0;
      } else if (archive.find(odometer.positions) < 0) {
        archive.add(odometer.positions);
        this.#missing--;
      }
    }
    return true;
  }

  #scoreTo(rows: Rows, end: number): void {
    const { archive, score } = this.#options;
    for (; this.#scored < end; this.#scored++) score(rows, this.#scored, archive);
  }

  /** Asks the neighbours of the best quarter of a piece. */
  #askAround(piece: Proposed): void {
    const { archive } = this.#options;
    const { entries } = piece;
    const byScore = [...new Set(entries)].sort((a, b) => archive.score(b) - archive.score(a) || a - b);
    for (const entry of byScore.slice(0, Math.ceil(entries.length / 4))) {
      if (archive.score(entry) === -Infinity) break;
      this.#vicinity.each(archive, entry, (positions) => {
        if (archive.find(positions) < 0) archive.add(positions);
      });
    }
    piece.around = archive.count;
  }

  #learn(due: Proposed): void {
    const { archive, robust } = this.#options;
    const { entries, fresh } = due;
    const scores = robust ? robustScores(archive, this.#vicinity, entries, due.around) : scoresOf(archive, entries);
    const batch: Batch = { entries, scores, fresh };
    this.#heard.push(batch);
    this.#method.learn(this.#learned++, batch);
    if (this.#heard.length === this.#pieces) this.#conclude(due.end);
    due.around = Math.max(due.around, due.end);
    due.entries = []; // long searches have many generations
  }

  #conclude(end: number): void {
    const index = this.#learned / this.#pieces - 1;
    const generation = measure(index, together(this.#heard), this.#options.archive, this.scales, end, this.best);
    this.#heard = [];
    this.stale = generation.bestSoFar > this.best ? 0 : this.stale + 1;
    this.best = generation.bestSoFar;
    this.generations.push(generation);
  }
}

function scoresOf(archive: Archive, entries: readonly number[]): Float64Array {
  const scores = new Float64Array(entries.length);
  for (let k = 0; k < entries.length; k++) scores[k] = archive.score(entries[k]!);
  return scores;
}
