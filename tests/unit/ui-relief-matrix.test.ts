import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookAt, perspective, product, projected } from '../../src/ui/surfaces/relief-matrix.ts';

const FOV = 0.6;

describe('the camera of the relief', () => {
  test('what is looked at stands in the middle, wherever from', () => {
    const at = fc.double({ min: 1, max: 5, noNaN: true });
    const place = fc.tuple(at, at, at);
    fc.assert(
      fc.property(place, (eye) => {
        const seen = product(perspective(FOV, 1.5, 0.1, 20), lookAt(eye, [0, 0.2, 0]));
        const [x, y] = projected(seen, [0, 0.2, 0]);
        expect(x).toBeCloseTo(0, 5);
        expect(y).toBeCloseTo(0, 5);
      }),
    );
  });

  test('from in front, right is right, up is up, and the far is smaller', () => {
    const seen = product(perspective(FOV, 2, 0.1, 20), lookAt([0, 0, 4], [0, 0, 0]));
    const edge = 1 / (4 * Math.tan(FOV / 2));
    expect(projected(seen, [1, 0, 0])[0]).toBeCloseTo(edge / 2, 6);
    expect(projected(seen, [0, 1, 0])[1]).toBeCloseTo(edge, 6);
    expect(projected(seen, [0, 1, -4])[1]).toBeCloseTo(edge / 2, 6);
  });

  test('near and far ends of the view become −1 and 1', () => {
    const projection = perspective(FOV, 1, 0.1, 20);
    const depth = (z: number): number => (projection[10]! * z + projection[14]!) / -z;
    expect(depth(-0.1)).toBeCloseTo(-1, 5);
    expect(depth(-20)).toBeCloseTo(1, 5);
  });
});
