import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_UNDEFINED, CELL_VALUE, type Box } from '../../src/results/surface.ts';
import { colorTable, type ColorScale, type Palette } from '../../src/ui/colors.ts';
import { colorCells } from '../../src/ui/surfaces/cells.ts';
import { naiveColors } from '../reference/surface-colors.ts';

const palette = {
  diverging: colorTable('#9a2202, #f4f1ea, #00647a'),
  sequential: colorTable('#fff2d8, #23313f'),
  lossWeak: '#fbe3de',
  faultWeak: '#f6e6f3',
} as Palette;

// Calm values, values at the borders of colours and of whole numbers, and values beyond everything.
const value = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.integer({ min: -300, max: 300 }).map((at) => at / 255.999),
  fc.constantFrom(-0, 2 ** 23, 2 ** 24, -(2 ** 24), 2 ** 32 + 5),
);
const wild = fc.oneof(value, fc.double({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, 1e300));

const scale: fc.Arbitrary<ColorScale> = fc.record({
  signed: fc.boolean(),
  low: fc.constantFrom(-2, -1, 0, 1),
  high: fc.constantFrom(1, 1.5, 2),
  step: fc.constant(0.5),
  clampedLow: fc.boolean(),
  clampedHigh: fc.boolean(),
});

/** Cells in runs of one reason, as results have them, some longer than a line. */
const cells = fc
  .record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 1, max: 5 }), wild: fc.boolean() })
  .chain(({ width, height, wild: any }) => {
    const run = fc.record({
      reason: fc.constantFrom(CELL_VALUE, CELL_VALUE, 0, 2, 3, 5, CELL_UNDEFINED),
      values: fc.array(any ? wild : value, { minLength: 1, maxLength: 90 }),
    });
    return fc.array(run, { minLength: 1, maxLength: 12 }).map((runs) => {
      const flat = runs.flatMap((one) => one.values.map((each) => ({ reason: one.reason, value: each })));
      const all = Array.from({ length: width * height }, (_, cell) => flat[cell % flat.length]!);
      const values = Float64Array.from(all, (one) => (one.reason === CELL_VALUE ? one.value : NaN));
      return { width, height, values, reasons: Uint8Array.from(all, ({ reason }) => reason) };
    });
  });

describe('colours of cells', () => {
  it('are those of looking every pixel up, whether or not more is known of the cells', () => {
    fc.assert(
      fc.property(cells, scale, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (surface, ends, [a, b, c, d]) => {
        const { width, height, values } = surface;
        const expected = naiveColors(surface, ends, palette);
        const valued = values.filter((each) => !Number.isNaN(each));
        const [low, high] = [Math.min(...valued), Math.max(...valued)];
        const known = { best: -1, low, high, valued: valued.length === values.length, finished: false };
        const [x0, x1] = [a! % width, b! % width].sort((p, q) => p - q) as [number, number];
        const [y0, y1] = [c! % height, d! % height].sort((p, q) => p - q) as [number, number];
        const all: Box = { x0: 0, y0: 0, x1: width - 1, y1: height - 1 };
        for (const more of [null, known]) {
          const out = new Uint32Array(width * height);
          colorCells({ ...surface, known: more }, ends, palette, all, out);
          expect([...out]).toEqual(expected);
          const part = new Uint32Array(width * height).fill(7);
          colorCells({ ...surface, known: more }, ends, palette, { x0, y0, x1, y1 }, part);
          const inside = (pixel: number): boolean => {
            const [x, y] = [pixel % width, height - 1 - Math.floor(pixel / width)];
            return x >= x0 && x <= x1 && y >= y0 && y <= y1;
          };
          expect([...part]).toEqual(expected.map((color, pixel) => (inside(pixel) ? color : 7)));
        }
      }),
      { numRuns: 400 },
    );
  });
});
