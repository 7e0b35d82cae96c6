/** Exclusive time of places that call each other: what an inner place takes is not counted for the outer one. */
export interface Timer {
  enter(place: number): void;
  leave(): void;
  readonly ms: Float64Array; // per place
  readonly entered: Uint32Array; // per place
}

/** Places after those of the Plan's nodes. */
export const TIMED = ['stops', 'evaluation', 'metrics'] as const;
export type Timed = (typeof TIMED)[number];

/** @param clock ms, from anywhere */
export function createTimer(places: number, clock: () => number): Timer {
  const ms = new Float64Array(places);
  const entered = new Uint32Array(places);
  const stack: number[] = [];
  let from = 0;
  return {
    ms,
    entered,
    enter(place) {
      const now = clock();
      const outer = stack.at(-1);
      if (outer !== undefined) ms[outer]! += now - from;
      stack.push(place);
      entered[place]!++;
      from = now;
    },
    leave() {
      const now = clock();
      ms[stack.pop()!]! += now - from;
      from = now;
    },
  };
}
