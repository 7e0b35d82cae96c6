import { bitsOf } from '../../core/bits.ts';
import type { RowMask } from '../../results/brush.ts';
import type { Dimension } from './dimensions.ts';

/** Rows spread evenly over all, or over a set: as many as can be told apart on a screen. The same ones every time. */
export function sampleRows(count: number, most: number, mask: RowMask | null): Uint32Array {
  if (mask === null) {
    const step = Math.max(1, Math.ceil(count / most));
    return Uint32Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
  }
  const step = Math.max(1, Math.ceil(mask.count / most));
  const picked: number[] = [];
  let left = 0; // rows of the mask that are passed over before the next one is picked
  for (let w = 0; w < mask.words.length; w++) {
    let bits = mask.words[w]!;
    if (bits === 0) continue;
    const held = bitsOf(bits);
    if (held <= left) {
      left -= held;
      continue;
    }
    for (; bits !== 0; bits &= bits - 1) {
      if (left-- > 0) continue;
      picked.push((w << 5) + 31 - Math.clz32(bits & -bits));
      left = step - 1;
    }
  }
  return Uint32Array.from(picked);
}

/** Rows from the least value to the greatest (sign −1: the other way round), those without one first. */
export function byValue(rows: Uint32Array, column: ArrayLike<number>, sign: 1 | -1): Uint32Array {
  const rank = (row: number): number => {
    const value = sign * column[row]!;
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  const ranks = Float64Array.from(rows, rank);
  const order = Uint32Array.from(rows, (_, i) => i).sort((a, b) =>
    ranks[a]! < ranks[b]! ? -1 : ranks[a]! > ranks[b]! ? 1 : a - b,
  );
  return order.map((i) => rows[i]!);
}

/** Where each row's line passes each ruler: shares, row by row; NaN without a value. */
export function lineShares(rows: Uint32Array, dimensions: readonly Dimension[]): Float32Array {
  const out = new Float32Array(rows.length * dimensions.length);
  let at = 0;
  for (const row of rows) for (const dimension of dimensions) out[at++] = dimension.share(row);
  return out;
}

/** Draws lines [from, to) into one path; a missing value breaks the line. Canvas px. */
export function strokeLines(
  context: CanvasRenderingContext2D,
  shares: Float32Array,
  xs: readonly number[],
  top: number,
  height: number,
  from: number,
  to: number,
): void {
  const size = xs.length;
  context.beginPath();
  for (let line = from; line < to; line++) {
    let pen = false;
    for (let k = 0; k < size; k++) {
      const share = shares[line * size + k]!;
      if (Number.isNaN(share)) {
        pen = false;
        continue;
      }
      const y = top + (1 - share) * height;
      if (pen) context.lineTo(xs[k]!, y);
      else context.moveTo(xs[k]!, y);
      pen = true;
    }
  }
  context.stroke();
}

/** The row whose line passes nearest to a point, of the sampled ones; −1 if none is within `reach`. Shares and the same px. */
export function nearestLine(
  shares: Float32Array,
  rows: Uint32Array,
  xs: readonly number[],
  top: number,
  height: number,
  point: readonly [number, number],
  reach: number,
): number {
  const [x, y] = point;
  let k = 0;
  while (k + 2 < xs.length && xs[k + 1]! < x) k++;
  const along = (x - xs[k]!) / (xs[k + 1]! - xs[k]!);
  let best = -1;
  let least = reach;
  for (let line = 0; line < rows.length; line++) {
    const a = shares[line * xs.length + k]!;
    const b = shares[line * xs.length + k + 1]!;
    const distance = Math.abs(top + (1 - (a + (b - a) * along)) * height - y);
    if (distance < least) {
      least = distance;
      best = rows[line]!;
    }
  }
  return best;
}
