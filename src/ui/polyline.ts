/**
 * SVG path through evenly spaced values, at most `points` of them (see `thin`).
 *
 * @param values must be finite where drawn; NaN breaks the line
 * @param width in the picture's units
 * @param height in the picture's units; the highest value lies at `pad`, the lowest at height − pad
 */
export function linePath(
  values: ArrayLike<number>,
  width: number,
  height: number,
  pad = 1,
  points = 400,
  range?: readonly [number, number],
): string {
  const picked = thin(values, points);
  const [low, high] = range ?? extent(picked);
  const span = high - low || 1;
  let path = '';
  let pen = 'M';
  for (const [i, value] of picked.entries()) {
    if (Number.isNaN(value)) {
      pen = 'M';
      continue;
    }
    const x = picked.length > 1 ? (i * width) / (picked.length - 1) : 0;
    const y = height - pad - ((value - low) / span) * (height - 2 * pad);
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/** Lowest and highest of the values that are numbers; [0, 1] if there are none. */
export function extent(values: ArrayLike<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/** Of each stretch the value that lies farthest from the one picked before, the ends as they are: peaks survive. */
export function thin(values: ArrayLike<number>, points: number): number[] {
  const n = values.length;
  if (n <= points) return Array.from(values);
  const out = [values[0]!];
  for (let p = 1; p < points - 1; p++) {
    const from = Math.floor((p * n) / points);
    const to = Math.max(from + 1, Math.floor(((p + 1) * n) / points));
    const before = out[p - 1]!;
    let pick = values[from]!;
    for (let i = from + 1; i < to; i++) {
      const value = values[i]!;
      if (Math.abs(value - before) > Math.abs(pick - before)) pick = value;
    }
    out.push(pick);
  }
  out.push(values[n - 1]!);
  return out;
}

/** Evenly spaced values, the ends included: a calmer line than `thin`'s, for pictures of a few pixels. */
export function sample(values: ArrayLike<number>, points: number): number[] {
  const n = values.length;
  if (n <= points) return Array.from(values);
  return Array.from({ length: points }, (_, p) => values[Math.round((p * (n - 1)) / (points - 1))]!);
}
