import type { SampleKey } from '../../bars/samples.ts';
import { linePath, sample } from '../polyline.ts';

/**
 * The samples' closing prices as they are drawn on their cards, 0 … 99, so that no card has to generate its bars. A test keeps
 * them equal to what the generator makes.
 */
const SKETCHES: Readonly<Record<SampleKey, readonly number[]>> = {
  daily: [
    0, 9, 9, 18, 26, 28, 33, 42, 32, 33, 26, 16, 17, 12, 10, 3, 8, 11, 13, 11, 21, 13, 20, 27, 30, 37, 35, 13, 18, 23, 26, 32,
    34, 33, 19, 15, 23, 24, 29, 29, 19, 8, 9, 14, 11, 10, 13, 19, 23, 26, 29, 28, 53, 47, 39, 29, 47, 56, 65, 75, 99, 86, 78,
    87,
  ],
  hourly: [
    1, 7, 12, 0, 5, 23, 25, 44, 55, 55, 35, 38, 44, 59, 81, 63, 52, 66, 74, 69, 61, 53, 46, 36, 57, 66, 76, 89, 83, 99, 89, 86,
    69, 56, 28, 35, 19, 22, 17, 15, 29, 47, 36, 59, 62, 41, 66, 60, 61, 56, 54, 46, 43, 51, 40, 45, 46, 43, 39, 25, 12, 2, 18,
    25,
  ],
  minute: [
    28, 24, 30, 27, 30, 22, 14, 10, 8, 0, 0, 3, 6, 7, 16, 12, 16, 25, 22, 23, 30, 29, 26, 34, 47, 42, 49, 63, 80, 76, 79, 88,
    94, 92, 76, 69, 67, 73, 57, 60, 57, 58, 58, 70, 65, 54, 58, 49, 59, 63, 54, 52, 73, 82, 76, 68, 72, 80, 94, 99, 91, 93, 96,
    80,
  ],
};

const POINTS = 64;

/** What stands in the table above, from the sample's bars. */
export function sketchOf(close: ArrayLike<number>): number[] {
  const points = sample(close, POINTS);
  const low = Math.min(...points);
  const span = Math.max(...points) - low || 1;
  return points.map((price) => Math.round(((price - low) / span) * 99));
}

/** SVG path in a box of this size. */
export function sampleSketch(key: SampleKey, width: number, height: number): string {
  return linePath(SKETCHES[key], width, height);
}

export function storedSketch(key: SampleKey): readonly number[] {
  return SKETCHES[key];
}
