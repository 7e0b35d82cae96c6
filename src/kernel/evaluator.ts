import type { NodeId } from '../strategy/plan.ts';

/** Computes the conditions of a Plan's trials, each value once per distinct tuple of the axes that it depends on. */
export interface Evaluator {
  readonly bits: Uint32Array;
  /** The condition that is never true, as `condition` gives it. */
  readonly never: number;
  /** Starts a trial; what `condition` gave before is void. The arguments are read until the next call. */
  begin(positions: ArrayLike<number>, values: ArrayLike<number>): void;
  /** @returns the first word of the condition's bits in `bits` */
  condition(id: NodeId): number;
  /** @returns the series' values, one per bar, valid until the next trial */
  series(id: NodeId): Float64Array;
  /** Per node, how often its series was computed so far. */
  readonly computed: Uint32Array;
  /** Writes a number at `out[at]`: a double that is returned may be put on the heap. */
  number(id: NodeId, out: Float64Array, at: number): void;
}
