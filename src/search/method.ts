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
  readonly lag: number; // piece p is proposed once pieces up to p − lag are learned
  readonly parts: number; // markets 1 … parts are the same bars cut shorter and shorter
  readonly trials: number; // budget of the search; Infinity where it has none
  draws(stream: number): Draws;
}

/** Takes candidates. A trial that was asked before is not run again: its score is known when the generation is learned. */
export interface Candidates {
  add(positions: ArrayLike<number>, market?: number): void;
}

/** A generation, or a piece of one, whose trials have their scores. */
export interface Batch {
  readonly entries: readonly number[]; // in the archive, one per candidate, in the order of `add`
  readonly scores: Float64Array; // the first objective's, one per candidate; larger is better, −Infinity where there is none
  readonly fresh: number; // how many of the trials were new
}

/**
 * A way to choose trials, in generations or equal pieces of them. The order of the calls is fixed: propose(0) …
 * propose(lag − 1), learn(0), propose(lag), learn(1), and so on, whatever the timing; so a method is a function of the scores
 * alone.
 */
export interface Method {
  propose(piece: number, candidates: Candidates): void;
  learn(piece: number, batch: Batch): void;
  /** Nothing follows: random trials do not fill it up. */
  readonly over?: boolean;
}

export interface MethodMaker {
  /** Pieces in which a generation is proposed and learned, 1 unless told: the next piece does not wait for the whole. */
  readonly pieces?: number;
  /** See Tools; in pieces. @param size of a generation */
  lag(size: number): number;
  create(tools: Tools): Method;
}

/** Fills `point` with the next point of the unit cube; one number per axis in [0, 1). */
export type NextPoint = (point: Float64Array) => void;
