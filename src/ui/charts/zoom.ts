/** A stretch of time, seconds. */
export interface Stretch {
  readonly min: number;
  readonly max: number;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.1, -0.1],
  ArrowRight: [0.1, 0.1],
  '+': [0.2, -0.2],
  '-': [-0.33, 0.33],
  Home: [-Infinity, Infinity],
};

/**
 * What a key makes of the shown stretch: arrows move it by a tenth, plus and minus zoom, Home shows all.
 * @param shortest seconds that always stay visible
 * @returns null where the key does nothing
 */
export function zoomByKey(key: string, shown: Stretch, whole: Stretch, shortest: number): Stretch | null {
  const move = MOVES[key];
  if (move === undefined) return null;
  const width = shown.max - shown.min;
  const min = Math.max(whole.min, shown.min + move[0] * width);
  const max = Math.min(whole.max, shown.max + move[1] * width);
  // At an end the stretch keeps its width instead of shrinking against it.
  if (move[0] === move[1] && max - min < width) {
    return move[0] < 0 ? { min: whole.min, max: whole.min + width } : { min: whole.max - width, max: whole.max };
  }
  return max - min > shortest ? { min, max } : shown;
}

/** Digits behind the point that ticks this far apart need, at most 8. */
export function tickDigits(step: number): number {
  for (let digits = 0; digits < 8; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return digits;
  }
  return 8;
}
