/** Of a series in which NaN comes back after a value. */
export const HOLEY = -1;
const UNKNOWN = -2;

/** From which bar on the series of each handle has no NaN; looked for when first asked for. */
export interface ValidFrom {
  /** @returns that bar, the count of bars where every value is NaN, or HOLEY */
  of(handle: number): number;
  /** Another series has taken the handle. */
  forget(handle: number): void;
}

export function createValidFrom(handles: readonly Float64Array[]): ValidFrom {
  const known = new Int32Array(handles.length).fill(UNKNOWN);
  return {
    of(handle) {
      if (known[handle] === UNKNOWN) known[handle] = firstValid(handles[handle]!);
      return known[handle]!;
    },
    forget: (handle) => void (known[handle] = UNKNOWN),
  };
}

function firstValid(series: Float64Array): number {
  const bars = series.length;
  let first = 0;
  while (first < bars && series[first] !== series[first]) first++;
  for (let i = first; i < bars; i++) if (series[i] !== series[i]) return HOLEY;
  return first;
}
