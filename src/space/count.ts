import { uniform } from '../core/random.ts';
import { evaluateScalar } from '../language/scalar.ts';
import { axisValue } from './axis.ts';
import { createAxisCount } from './last-axis.ts';
import { Odometer } from './odometer.ts';
import type { Constraint, Space } from './space.ts';
import { totalTrials } from './trial.ts';

/** How many trials a space has. */
export interface SpaceCount {
  readonly total: bigint; // all combinations
  readonly feasible: bigint; // after the constraints; "≈" where not exact
  readonly exact: boolean;
  readonly error: number; // ± relative, at 95 %; 0 where exact
}

export interface Counter {
  /** Goes on for about `maxTuples` tuples; true once the count is final. */
  step(maxTuples: number): boolean;
  /** The count so far; final after `step` returned true. */
  count(): SpaceCount;
}

/** Groups of axes up to this many tuples are counted one by one, larger ones by sampling. */
export const EXACT_TUPLES = 10_000_000;
const DRAWS = 200_000;
const SEED = 0x5eed;

/** Axes that constraints tie together. */
export interface Group {
  readonly axes: readonly number[]; // ascending
  readonly constraints: readonly Constraint[];
  readonly tuples: bigint;
}

/**
 * Counts in steps, so that a page stays responsive. Constraints tie axes into groups; groups are independent, so the count is
 * the product of theirs, exact for spaces of any size as long as every group has at most `EXACT_TUPLES` tuples.
 */
export function createCounter(space: Space): Counter {
  const total = totalTrials(space.axes);
  const { groups, free, never } = splitSpace(space);
  const counts = groups.map((group) =>
    group.tuples <= BigInt(EXACT_TUPLES) ? exactCount(space, group) : sampledCount(space, group),
  );
  let at = never ? counts.length : 0;
  return {
    step(maxTuples) {
      let budget = maxTuples;
      while (at < counts.length && budget > 0) {
        budget -= counts[at]!.step(budget);
        if (!counts[at]!.done) return false;
        // Nothing in one group is nothing in all: the others need no counting.
        if (counts[at]!.exact && counts[at]!.feasible === 0n) at = counts.length;
        else at++;
      }
      return at >= counts.length;
    },
    count() {
      if (never) return { total, feasible: 0n, exact: true, error: 0 };
      if (counts.some((count) => count.done && count.exact && count.feasible === 0n))
        return { total, feasible: 0n, exact: true, error: 0 };
      const feasible = counts.reduce((product, count) => product * count.feasible, free);
      const error = Math.sqrt(counts.reduce((sum, count) => sum + count.error * count.error, 0));
      return { total, feasible, exact: counts.every((count) => count.exact), error };
    },
  };
}

/**
 * Rows to make room for: the count where it is exact, otherwise twice its stated error more, and never more than all
 * combinations.
 */
export function roomFor({ total, feasible, exact, error }: SpaceCount): number {
  if (exact) return Number(feasible);
  const most = BigInt(Math.ceil(Number(feasible) * (1 + 2 * error))) + 1000n;
  return Number(most < total ? most : total);
}

/** Counts in one go. */
export function countSpace(space: Space): SpaceCount {
  const counter = createCounter(space);
  while (!counter.step(Infinity));
  return counter.count();
}

/** Groups are independent of each other; `free` counts the tuples of all other axes, `never` tells of a constraint without axes that fails. */
export function splitSpace(space: Space): { groups: Group[]; free: bigint; never: boolean } {
  const groupOf = space.axes.map((_, axis) => axis);
  for (const { axes } of space.constraints) {
    const [first, ...rest] = axes.map((axis) => groupOf[axis]!);
    if (first !== undefined) groupOf.forEach((group, axis) => rest.includes(group) && (groupOf[axis] = first));
  }
  const ids = [...new Set(space.constraints.flatMap(({ axes }) => axes.slice(0, 1).map((axis) => groupOf[axis]!)))];
  const groups = ids.map((id) => {
    const axes = groupOf.flatMap((group, axis) => (group === id ? [axis] : []));
    const constraints = space.constraints.filter((constraint) => constraint.axes.some((axis) => axes.includes(axis)));
    return { axes, constraints, tuples: totalTrials(axes.map((axis) => space.axes[axis]!)) };
  });
  const free = totalTrials(space.axes.filter((_, axis) => !ids.includes(groupOf[axis]!)));
  const never = space.constraints.some(({ axes, expr }) => axes.length === 0 && evaluateScalar(expr, []) === 0);
  return { groups, free, never };
}

interface GroupCount {
  step(budget: number): number; // tuples looked at
  readonly done: boolean;
  readonly feasible: bigint;
  readonly exact: boolean;
  readonly error: number;
}

/** Walks all axes of the group but the last, whose positions are counted in stretches where bounds allow it. */
function exactCount(space: Space, { axes, constraints }: Group): GroupCount {
  const last = axes.at(-1)!;
  const isOfLast = (constraint: Constraint): boolean => constraint.axes.at(-1) === last;
  const ofLast = createAxisCount(space.axes, constraints.filter(isOfLast), last);
  const walked = ofLast === null ? axes : axes.slice(0, -1);
  const tested = ofLast === null ? constraints : constraints.filter((constraint) => !isOfLast(constraint));
  const odometer = new Odometer(space.axes, tested, walked);
  const values = new Float64Array(space.axes.length);
  let found = 0;
  let done = false;
  const looks = (): number => odometer.steps + (ofLast?.steps ?? 0);

  function tuplesHere(): number {
    if (ofLast === null) return 1;
    walked.forEach((axis, k) => (values[axis] = axisValue(space.axes[axis]!, odometer.positions[k]!)));
    return ofLast.count(values);
  }

  return {
    step(budget) {
      const before = looks();
      for (;;) {
        const next = odometer.next(budget - (looks() - before));
        if (next === true) found += tuplesHere();
        else if (next === false) done = true;
        if (next !== true) return looks() - before;
      }
    },
    get done() {
      return done;
    },
    get feasible() {
      return BigInt(found);
    },
    get exact() {
      return done;
    },
    get error() {
      return done ? 0 : 1;
    },
  };
}

/**
 * Share of feasible tuples among seeded draws; ± from the binomial's normal limit, at least one draw wide. Where no draw is
 * feasible, 0 … 3 ÷ draws is what 95 % allow (the rule of three), given as its middle ± 100 %.
 */
function sampledCount(space: Space, { axes, constraints, tuples }: Group): GroupCount {
  const values = new Float64Array(space.axes.length);
  let drawn = 0;
  let found = 0;
  return {
    step(budget) {
      // A drawn value costs about as much as a step through a tuple.
      const to = Math.min(DRAWS, drawn + Math.max(1, Math.floor(budget / axes.length)));
      const before = drawn;
      for (; drawn < to; drawn++) {
        for (const axis of axes) {
          const { size } = space.axes[axis]!;
          values[axis] = axisValue(space.axes[axis]!, Math.floor(uniform(SEED, drawn, axis) * size));
        }
        if (constraints.every(({ expr }) => evaluateScalar(expr, values) !== 0)) found++;
      }
      return (drawn - before) * axes.length;
    },
    get done() {
      return drawn >= DRAWS;
    },
    get feasible() {
      // Integer arithmetic keeps spaces beyond 2^53 from losing digits twice.
      if (drawn === 0) return tuples;
      return found === 0 ? (tuples * 3n) / BigInt(2 * drawn) : (tuples * BigInt(found)) / BigInt(drawn);
    },
    exact: false,
    get error() {
      return found === 0 ? 1 : Math.min(1, (1.96 * Math.sqrt(found * (1 - found / drawn) + 1)) / found);
    },
  };
}
