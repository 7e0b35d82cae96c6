import type { Surface } from '../../results/surface.ts';
import { tableIndex, type ColorScale, type ColorTable } from '../colors.ts';

/** A surface as triangles over the square from −1 to 1; z up. */
export interface Mesh {
  readonly position: Float32Array; // x, y (height), z per corner
  readonly color: Float32Array; // red, green, blue in [0, 1] per corner
  readonly index: Uint32Array; // three corners per triangle
}

const MOST = 220; // cells along a side; more are skipped evenly, a screen cannot show them
export const HEIGHT = 0.7; // of the scale's whole reach, in units of half a side

/** Corners stand in the middle of cells; squares with a corner that has no value are left out, which leaves a hole. */
export function reliefMesh(surface: Surface, scale: ColorScale, table: ColorTable): Mesh {
  const columns = stations(surface.width);
  const rows = stations(surface.height);
  const [w, h] = [columns.length, rows.length];
  const position = new Float32Array(3 * w * h);
  const color = new Float32Array(3 * w * h);
  const sound = new Uint8Array(w * h);
  const span = scale.high - scale.low || 1;
  for (let j = 0; j < h; j++) {
    for (let i = 0; i < w; i++) {
      const value = surface.values[rows[j]! * surface.width + columns[i]!]!;
      const at = j * w + i;
      const inside = Math.max(scale.low, Math.min(scale.high, value));
      sound[at] = Number(!Number.isNaN(value));
      position[3 * at] = w > 1 ? (2 * i) / (w - 1) - 1 : 0;
      position[3 * at + 1] = Number.isNaN(value) ? 0 : HEIGHT * ((inside - scale.low) / span);
      position[3 * at + 2] = h > 1 ? 1 - (2 * j) / (h - 1) : 0;
      const packed = Number.isNaN(value) ? 0 : table[tableIndex(scale, value)]!;
      for (const k of [0, 1, 2]) color[3 * at + k] = ((packed >>> (8 * k)) & 255) / 255;
    }
  }
  return { position, color, index: triangles(sound, w, h) };
}

/** Where the cells between `low` and `high` (shares of a side) begin and end among the corners. */
function triangles(sound: Uint8Array, w: number, h: number): Uint32Array {
  const index: number[] = [];
  for (let j = 0; j + 1 < h; j++) {
    for (let i = 0; i + 1 < w; i++) {
      const [a, b, c, d] = [j * w + i, j * w + i + 1, (j + 1) * w + i + 1, (j + 1) * w + i];
      if (sound[a] === 1 && sound[b] === 1 && sound[c] === 1) index.push(a, b, c);
      if (sound[a] === 1 && sound[c] === 1 && sound[d] === 1) index.push(a, c, d);
    }
  }
  return Uint32Array.from(index);
}

function stations(size: number): number[] {
  if (size <= MOST) return Array.from({ length: size }, (_, at) => at);
  return Array.from({ length: MOST }, (_, i) => Math.round((i * (size - 1)) / (MOST - 1)));
}
