import { expect, test } from 'vitest';
import { nextDouble } from '../../src/kernel/next-double.ts';

test.each([0, -0, 1, -1, 30, 0.1, -0.1, 1e300, 5e-324, -5e-324, 2 ** 52, Number.MAX_VALUE])(
  'nothing lies between %d and its neighbours',
  (level) => {
    const [less, more] = [nextDouble(level, -1), nextDouble(level, 1)];
    expect(less).toBeLessThan(level);
    expect(more).toBeGreaterThan(level);
    for (const [low, high] of [
      [less, level],
      [level, more],
    ] as const) {
      if (!Number.isFinite(high)) continue;
      const middle = low / 2 + high / 2;
      expect(middle <= low || middle >= high).toBe(true);
    }
  },
);
