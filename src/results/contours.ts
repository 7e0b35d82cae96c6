/** Straight pieces of one contour line: x0, y0, x1, y1 each, in cells, a cell's middle at its whole numbers. */
export interface Contour {
  readonly level: number;
  readonly segments: Float32Array;
}

/**
 * Where a grid of values crosses each level, by marching squares (W. E. Lorensen, H. E. Cline 1987, in the plane): between the
 * middles of neighbouring cells the value changes linearly. Squares with a corner that has no finite value hold no line. In a
 * saddle the mean of the four corners decides which sides join.
 *
 * @param values y × width + x
 */
export function contours(values: Float64Array, width: number, height: number, levels: readonly number[]): Contour[] {
  const lines = levels.map(createLine);
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const at = y * width + x;
      const a = values[at]!;
      const b = values[at + 1]!;
      const c = values[at + width + 1]!;
      const d = values[at + width]!;
      const low = Math.min(a, b, c, d);
      const high = Math.max(a, b, c, d);
      if (!(high - low < Infinity)) continue; // also where one is NaN
      // Few levels lie between the corners of a square, if any.
      for (let k = 0; k < levels.length; k++) {
        if (low < levels[k]! && levels[k]! <= high) square(x, y, a, b, c, d, levels[k]!, lines[k]!.put);
      }
    }
  }
  return lines.map(({ segments }, k) => ({ level: levels[k]!, segments: segments() }));
}

type Put = (x0: number, y0: number, x1: number, y1: number) => void;

function createLine(): { readonly put: Put; readonly segments: () => Float32Array } {
  let out = new Float32Array(256);
  let size = 0;
  return {
    put(x0, y0, x1, y1) {
      if (size + 4 > out.length) {
        const longer = new Float32Array(2 * out.length);
        longer.set(out);
        out = longer;
      }
      out[size] = x0;
      out[size + 1] = y0;
      out[size + 2] = x1;
      out[size + 3] = y1;
      size += 4;
    },
    segments: () => out.slice(0, size),
  };
}

/** The line's pieces between four cells that lie on both sides of the level: a, b, c and d stand at (x, y), (x + 1, y), (x + 1, y + 1) and (x, y + 1). */
function square(x: number, y: number, a: number, b: number, c: number, d: number, level: number, put: Put): void {
  const code = Number(a >= level) | (Number(b >= level) << 1) | (Number(c >= level) << 2) | (Number(d >= level) << 3);
  // Where the line cuts the lower, right, upper and left side; only those that it cuts are used.
  const low = x + (level - a) / (b - a);
  const right = y + (level - b) / (c - b);
  const high = x + (level - d) / (c - d);
  const left = y + (level - a) / (d - a);
  switch (code > 7 ? 15 - code : code) {
    case 1:
      return put(low, y, x, left);
    case 2:
      return put(low, y, x + 1, right);
    case 3:
      return put(x, left, x + 1, right);
    case 4:
      return put(x + 1, right, high, y + 1);
    case 6:
      return put(low, y, high, y + 1);
    case 7:
      return put(x, left, high, y + 1);
    default: {
      const joined = (a + b + c + d) / 4 >= level === a >= level;
      put(low, y, joined ? x + 1 : x, joined ? right : left);
      put(joined ? x : x + 1, joined ? left : right, high, y + 1);
    }
  }
}

/** Means over the 3 × 3 cells around each, of those that have a finite value; a cell without one stays without. */
export function smoothed(values: Float64Array, width: number, height: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      let sum = 0;
      let count = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          const value = values[j * width + i]!;
          if (!Number.isFinite(value)) continue;
          sum += value;
          count++;
        }
      }
      out[at] = Number.isFinite(values[at]!) ? sum / count : NaN;
    }
  }
  return out;
}
