import { metricIndex, METRICS } from '../metrics/columns.ts';
import { ledgerLength } from './block-moments.ts';
import { RELATIVE } from './costs.ts';
import type { Course } from './course.ts';
import { CASH, type Ledger } from './ledger.ts';
import { finishCurve, createBenchmark } from './tape-curve.ts';
import { finishTrades } from './tape-trades.ts';
import { createTape, type Tape } from './tape.ts';

const BREAK_EVEN = metricIndex('breakEvenCost');
/** Halvings of 0 … 1 at which the break-even cost is searched. */
const HALVINGS = 40;
/** A total return below it is rounding. */
const NOISE = 1e-12;

/** A trial once more: on a tape, or under another relative commission. The ledger's shifts are 0. */
export type Replay = (course: Course, ledger: Ledger, tape: Tape | null) => void;

/** Metrics beyond the sums that every trial keeps; made only for studies that want one of them. */
export interface Extras {
  /** Writes the wanted ones of a trial that was not blank. */
  finish(replay: Replay, out: Float64Array): void;
}

/** @param columns wanted, as indices into METRICS; null is returned where sums give them all */
export function createExtras(course: Course, columns: readonly number[]): Extras | null {
  const needs = new Set(columns.map((column) => METRICS[column]!.needs));
  const curve = needs.has('curve');
  const taped = curve || needs.has('trades');
  const reruns = needs.has('reruns');
  if (!taped && !reruns) return null;
  const tape = taped ? createTape(course.count, course.startBar) : null;
  const benchmark = curve ? createBenchmark(course) : null;
  const returns = new Float64Array(curve ? course.samples : 0);
  const ledger = new Float64Array(ledgerLength(course.blocks));
  const { capital } = course.execution;
  const paying = Float64Array.from(course.costs);
  const varied: Course = { ...course, costs: paying };

  function finish(replay: Replay, out: Float64Array): void {
    if (tape !== null) {
      replay(course, ledger, tape);
      finishTrades(tape, out);
      if (benchmark !== null) finishCurve(course, tape, benchmark, returns, out);
    }
    if (reruns) out[BREAK_EVEN] = breakEven(replay);
  }

  function breakEven(replay: Replay): number {
    if (!(returnAt(replay, 0) > NOISE)) return NaN;
    let low = 0;
    let high = 1;
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (low + high) / 2;
      if (returnAt(replay, middle) > 0) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }

  function returnAt(replay: Replay, relative: number): number {
    paying.set(course.costs);
    paying[RELATIVE] = relative;
    replay(varied, ledger, null);
    return ledger[CASH]! / capital - 1;
  }

  return { finish };
}
