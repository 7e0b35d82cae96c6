import type { SampleKey } from '../../bars/samples.ts';
import { linePath, sample } from '../polyline.ts';

/**
 * The samples' closing prices as they are drawn on their cards, 0 … 99, so that no card has to generate its bars. A test keeps
 * them equal to what the generator makes.
 */
const SKETCHES: Readonly<Record<SampleKey, readonly number[]>> = {
  daily: [
    5, 7, 11, 12, 15, 15, 13, 13, 14, 15, 17, 16, 12, 17, 14, 4, 4, 0, 1, 4, 5, 7, 9, 11, 13, 13, 14, 20, 19, 24, 23, 29, 29,
    29, 41, 44, 55, 46, 46, 37, 42, 44, 44, 52, 58, 61, 58, 68, 61, 55, 48, 52, 50, 52, 48, 57, 65, 76, 79, 87, 82, 86, 98, 99,
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
