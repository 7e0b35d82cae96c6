import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/core/hash.ts';
import { exp, log, pow, powerInPlace, sin } from '../../src/core/maths.ts';
import { uniform } from '../../src/core/random.ts';

const view = new DataView(new ArrayBuffer(8));

/** Position of a double among all doubles in ascending order. */
function rank(x: number): bigint {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Infinity;
  const distance = rank(a) - rank(b);
  return Number(distance < 0n ? -distance : distance);
}

/** Any finite double, spread over bit patterns. */
function anyDouble(index: number, stream: number): number {
  view.setUint32(0, uniform(7, index, stream) * 2 ** 32);
  view.setUint32(4, uniform(7, index, stream + 1) * 2 ** 32);
  const x = view.getFloat64(0);
  return Number.isFinite(x) ? x : index;
}

const SPECIAL = [
  NaN,
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  5e-324,
  -5e-324,
  2.2e-308,
  1.7976931348623157e308,
  0.5,
  2,
  3,
  -3,
  2 ** 53,
  1e-300,
];
const COUNT = 60_000;

function worst(
  mine: (x: number) => number,
  theirs: (x: number) => number,
  input: (i: number) => number,
): { ulps: number; at: number } {
  let result = { ulps: 0, at: 0 };
  for (let i = 0; i < COUNT; i++) {
    const x = input(i);
    const distance = ulps(mine(x), theirs(x));
    if (distance > result.ulps) result = { ulps: distance, at: x };
  }
  return result;
}

function between(low: number, high: number): (i: number) => number {
  return (i) => low + (high - low) * uniform(11, i);
}

describe('against the engine, at most 2 units in the last place', () => {
  test.each([
    ['log anywhere', log, Math.log, (i: number) => Math.abs(anyDouble(i, 0))],
    ['log near 1', log, Math.log, between(0.5, 2)],
    ['log very near 1', log, Math.log, between(1 - 1e-9, 1 + 1e-9)],
    ['log of subnormals', log, Math.log, (i: number) => Math.floor(uniform(1, i) * 2 ** 40) * 5e-324 + 5e-324],
    ['exp in range', exp, Math.exp, between(-745, 710)],
    ['exp near 0', exp, Math.exp, between(-1, 1)],
    ['exp to subnormals', exp, Math.exp, between(-745.2, -708)],
    ['exp anywhere', exp, Math.exp, (i: number) => anyDouble(i, 2)],
    ['sin near 0', sin, Math.sin, between(-10, 10)],
    ['sin to 2^20', sin, Math.sin, between(-1e6, 1e6)],
    ['sin anywhere', sin, Math.sin, (i: number) => anyDouble(i, 4)],
    ['sin near multiples of pi', sin, Math.sin, (i: number) => i * Math.PI],
    ['sqrt by pow', (x: number) => pow(x, 0.5), Math.sqrt, (i: number) => Math.abs(anyDouble(i, 6))],
  ])('%s', (_name, mine, theirs, input) => {
    expect(worst(mine, theirs, input).ulps).toBeLessThanOrEqual(2);
  });

  test.each([
    ['ordinary', (i: number) => 50 * uniform(3, i), (i: number) => 40 * uniform(4, i) - 20],
    ['growth', (i: number) => 1 + (uniform(3, i) - 0.5) / 100, (i: number) => 60_000 * (uniform(4, i) - 0.5)],
    ['negative base, whole exponent', (i: number) => -20 * uniform(3, i), (i: number) => Math.floor(uniform(4, i) * 200) - 100],
    ['bit patterns', (i: number) => Math.abs(anyDouble(i, 8)), (i: number) => 4 * uniform(4, i) - 2],
    ['wild', (i: number) => anyDouble(i, 8), (i: number) => anyDouble(i, 10)],
    ['small exponents of subnormals', (i: number) => (i + 1) * 5e-324, (i: number) => uniform(5, i)],
  ])('pow: %s', (_name, base, power) => {
    let most = 0;
    for (let i = 0; i < COUNT; i++) most = Math.max(most, ulps(pow(base(i), power(i)), Math.pow(base(i), power(i))));
    expect(most).toBeLessThanOrEqual(2);
  });
});

test("special values are the engine's", () => {
  for (const x of SPECIAL) {
    expect(ulps(log(x), Math.log(x)), `log ${x}`).toBeLessThanOrEqual(1);
    expect(ulps(exp(x), Math.exp(x)), `exp ${x}`).toBeLessThanOrEqual(1);
    expect(ulps(sin(x), Math.sin(x)), `sin ${x}`).toBeLessThanOrEqual(1);
    for (const y of SPECIAL) expect(ulps(pow(x, y), Math.pow(x, y)), `pow ${x} ${y}`).toBeLessThanOrEqual(1);
  }
});

test('exact powers are exact', () => {
  for (let n = 0; n <= 22; n++) expect(pow(10, n)).toBe(Number(`1e${n}`));
  for (let n = -1074; n <= 1023; n++) expect(pow(2, n)).toBe(n < -1022 ? 2 ** -1022 / 2 ** (-1022 - n) : 2 ** n);
  for (let n = 1; n < 1000; n++) {
    expect(pow(n * n, 0.5)).toBe(n);
    expect(pow(n, 3)).toBe(n * n * n);
  }
});

test('the sine of the double nearest to a far multiple of pi', () => {
  expect(sin(Math.PI)).toBe(1.2246467991473532e-16);
  expect(sin(1e22)).toBe(-0.8522008497671888); // known since K. C. Ng, "Good to the last bit" (1992)
  expect(sin(6381956970095103 * 2 ** 797)).toBeCloseTo(1, 15); // the double closest to an odd multiple of π/2
});

test('bit patterns are the same on every engine', () => {
  const results = new Float64Array(40_000);
  for (let i = 0; i < 10_000; i++) {
    const x = anyDouble(i, 20);
    results[4 * i] = log(Math.abs(x));
    results[4 * i + 1] = exp(1400 * uniform(21, i) - 700);
    results[4 * i + 2] = sin(i % 2 === 0 ? x : 1000 * uniform(22, i));
    results[4 * i + 3] = pow(100 * uniform(23, i), 20 * uniform(24, i) - 10);
  }
  expect(sha256Hex(new Uint8Array(results.buffer))).toBe('a591a38478d3a0790b9c6dfdbf98387b1b01448f2f4ecd807068629f976c39e7');
});

/** The power in place, of a pair. */
function inPlace(x: number, y: number): number {
  const pair = Float64Array.of(x, y);
  powerInPlace(pair);
  return pair[0]!;
}

describe('in place, at most as many units as the exponent of e is large', () => {
  test.each([
    ['growth', (i: number) => 1e-3 + 20 * uniform(3, i), (i: number) => 0.01 + 3 * uniform(4, i)],
    ['bit patterns', (i: number) => Math.abs(anyDouble(i, 8)), (i: number) => 4 * uniform(4, i) - 2],
    ['subnormals', (i: number) => (i + 1) * 5e-324, (i: number) => uniform(5, i)],
    ['a subnormal result', (i: number) => 1e-300 * (1 + uniform(6, i)), (i: number) => 1 + uniform(7, i) / 50],
  ])('%s', (_name, base, power) => {
    const far: string[] = [];
    for (let i = 0; i < COUNT; i++) {
      const [x, y] = [base(i), power(i)];
      if (x === 0) continue;
      const size = Math.abs(y * Math.log(x));
      const apart = ulps(inPlace(x, y), Math.pow(x, y));
      if (!(apart <= 3 + 2 * size)) far.push(`${x} to the power of ${y}: ${apart} units apart`);
    }
    expect(far).toEqual([]);
  });

  test('1 stays 1, and what leaves the doubles is infinite or 0', () => {
    expect(inPlace(1, 0.3)).toBe(1);
    expect(inPlace(1e300, 2)).toBe(Infinity);
    expect(inPlace(1e-300, 2)).toBe(0);
  });
});
