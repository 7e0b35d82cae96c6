import type { Feasible } from '../space/feasible.ts';
import type { Space } from '../space/space.ts';
import type { Archive } from './archive.ts';
import type { Draws } from './draws.ts';
import type { Scale } from './scale.ts';

/** What a method works with. */
export interface Tools {
  readonly space: Space;
  readonly scales: readonly Scale[]; // one per axis
  readonly feasible: Feasible;
  readonly archive: Archive; // every trial that was asked, of this search and of those before it
  readonly size: number; // candidates of a generation
  readonly lag: number; // generation g is proposed once generations up to g − lag are learned
  readonly parts: number; // markets 1 … parts are the same bars cut shorter and shorter
  readonly trials: number; // budget of the search; Infinity where it has none
  draws(stream: number): Draws;
}

/** Takes candidates. A trial that was asked before is not run again: its score is known when the generation is learned. */
export interface Candidates {
  add(positions: ArrayLike<number>, market?: number): void;
}

/** A generation whose trials have their scores. */
export interface Batch {
  readonly entries: readonly number[]; // in the archive, one per candidate, in the order of `add`
  readonly scores: Float64Array; // the first objective's, one per candidate; larger is better, −Infinity where there is none
  readonly fresh: number; // how many of the trials were new
}

/**
 * A way to choose trials, in generations. The order of the calls is fixed: propose(0) … propose(lag − 1), learn(0),
 * propose(lag), learn(1), and so on, whatever the timing; so a method is a function of the scores alone.
 */
export interface Method {
  propose(generation: number, candidates: Candidates): void;
  learn(generation: number, batch: Batch): void;
  /** Nothing follows: random trials do not fill it up. */
  readonly over?: boolean;
}

export interface MethodMaker {
  readonly lag: number; // see Tools
  create(tools: Tools): Method;
}

/** Fills `point` with the next point of the unit cube; one number per axis in [0, 1). */
export type NextPoint = (point: Float64Array) => void;
