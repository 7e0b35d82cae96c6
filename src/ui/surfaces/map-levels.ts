import { contours, smoothed, type Contour } from '../../results/contours.ts';
import type { Surface } from '../../results/surface.ts';
import { roundStep, type ColorScale } from '../colors.ts';

const LINES = 6;
const MOST_CELLS = 40_000; // larger surfaces are averaged first: the lines cannot be told apart on a screen

/** Round values at which contour lines are drawn; 0 is one of them where it lies between the ends. */
export function contourLevels({ low, high }: ColorScale): number[] {
  const step = roundStep((high - low) / (LINES + 1));
  const levels: number[] = [];
  for (let k = Math.ceil(low / step + 1e-6); k * step < high - 1e-6 * step; k++) levels.push(k * step + 0);
  return levels;
}

/** Contour lines of the surface, smoothed so that the noise of single cells does not draw. */
export function surfaceContours(surface: Surface, levels: readonly number[]): Contour[] {
  const { width, height } = surface;
  if (width < 3 || height < 3) return [];
  const factor = Math.max(1, Math.ceil(Math.sqrt((width * height) / MOST_CELLS)));
  const [values, w, h] = factor === 1 ? [surface.values, width, height] : averaged(surface, factor);
  const smooth = smoothed(smoothed(values, w, h), w, h);
  const found = contours(smooth, w, h, levels);
  if (factor === 1) return found;
  // Middle of a block of cells in cells of the surface.
  const shift = (factor - 1) / 2;
  return found.map(({ level, segments }) => ({ level, segments: segments.map((at) => at * factor + shift) }));
}

function averaged({ values, width, height }: Surface, factor: number): [Float64Array, number, number] {
  const w = Math.floor(width / factor);
  const h = Math.floor(height / factor);
  const out = new Float64Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      let count = 0;
      for (let j = y * factor; j < (y + 1) * factor; j++) {
        for (let i = x * factor; i < (x + 1) * factor; i++) {
          const value = values[j * width + i]!;
          if (!Number.isFinite(value)) continue;
          sum += value;
          count++;
        }
      }
      out[y * w + x] = 2 * count >= factor * factor ? sum / count : NaN;
    }
  }
  return [out, w, h];
}
