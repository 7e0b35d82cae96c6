import { expect, test } from 'vitest';
import { boxMuller } from '../../src/core/box-muller.ts';
import { normal, randomBlock, uniform } from '../../src/core/random.ts';
import { Draws } from '../../src/search/draws.ts';
import { plainBlock, plainBoxMuller, plainNormal, plainUniform } from '../reference/random.ts';

test("the block is Threefry-4×32-20 (vector of the method's authors)", () => {
  expect(randomBlock(0, 0, 0)).toEqual([0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8]);
});

test('blocks, uniform and normal numbers are those of the plain rounds, bit for bit', () => {
  expect(plainBlock(0, 0, 0)).toEqual([0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8]);
  const some = [0, 1, -1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, -(2 ** 32) - 7, 2 ** 53, 123_456_789_012];
  for (const seed of some) {
    for (const index of some) {
      for (const stream of some) {
        expect(randomBlock(seed, index, stream)).toEqual(plainBlock(seed, index, stream));
        expect(uniform(seed, index, stream)).toBe(plainUniform(seed, index, stream));
        expect(normal(seed, index, stream)).toBe(plainNormal(seed, index, stream));
      }
    }
  }
});

test('a normal number in one piece has the bits of the one by log and sin', () => {
  const wrong: [number, number][] = [];
  const check = (first: number, second: number): void => {
    if (!Object.is(boxMuller(first, second), plainBoxMuller(first, second))) wrong.push([first, second]);
  };
  for (let i = 0; i < 200_000; i++) check(uniform(3, i, 1), uniform(3, i, 2));
  const eighths = Array.from({ length: 9 }, (_, k) => k / 8);
  const near = eighths.flatMap((x) => [-(2 ** -20), -(2 ** -40), -(2 ** -53), 0, 2 ** -53, 2 ** -30].map((by) => x + by));
  const inside = [...near, 1 - 2 ** -32, 1 - 2 ** -21, 1 - Math.SQRT1_2, 2 ** -29].filter((x) => x >= 0 && x < 1);
  for (const first of inside) for (const second of inside) check(first, second);
  expect(wrong).toEqual([]);
  expect(boxMuller(0.3, 0.2)).not.toBe(plainBoxMuller(0.3, 0.2 + 2 ** -50));
});

test('draws are the numbers of a stream, one after the other', () => {
  const draws = new Draws(-5, 18);
  for (let k = 0; k < 100; k++) {
    const drawn = k % 3 === 0 ? draws.normal() : draws.unit();
    expect(drawn).toBe(k % 3 === 0 ? normal(-5, k, 18) : uniform(-5, k, 18));
  }
});

test('a value depends on seed, index and stream alone', () => {
  const forward = Array.from({ length: 100 }, (_, i) => uniform(5, i, 2));
  const backward = Array.from({ length: 100 }, (_, i) => uniform(5, 99 - i, 2)).reverse();
  expect(backward).toEqual(forward);
  expect(uniform(5, 1)).toBe(uniform(5, 1, 0));
  expect(new Set([uniform(1, 2, 3), uniform(1, 3, 2), uniform(2, 1, 3), uniform(3, 2, 1), uniform(1, 2, 4)]).size).toBe(5);
});

test('all 53 bits of seed and index count, negative ones too', () => {
  const seeds = [0, -1, 1, 2 ** 32, 2 ** 32 + 1, -(2 ** 32), 2 ** 53];
  expect(new Set(seeds.map((seed) => uniform(seed, 1))).size).toBe(seeds.length);
  expect(new Set(seeds.map((index) => uniform(1, index))).size).toBe(seeds.length);
});

test('uniform numbers fill [0, 1) evenly and neighbours are unrelated', () => {
  const count = 100_000;
  const bins = new Array<number>(20).fill(0);
  let product = 0;
  for (let i = 0; i < count; i++) {
    const u = uniform(42, i);
    expect(u >= 0 && u < 1).toBe(true);
    bins[Math.floor(u * 20)]!++;
    product += (u - 0.5) * (uniform(42, i + 1) - 0.5);
  }
  const chiSquare = bins.reduce((sum, seen) => sum + (seen - count / 20) ** 2 / (count / 20), 0);
  expect(chiSquare).toBeLessThan(43.8); // 0.1 % point with 19 degrees of freedom
  expect(Math.abs((product / count) * 12)).toBeLessThan(0.012);
});

test('normal numbers have the moments of the normal law', () => {
  const count = 100_000;
  const moments = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const z = normal(9, i, 1);
    for (let power = 1; power <= 4; power++) moments[power - 1]! += z ** power / count;
  }
  expect(moments[0]!).toBeCloseTo(0, 1.5);
  expect(moments[1]!).toBeCloseTo(1, 1.5);
  expect(moments[2]!).toBeCloseTo(0, 1);
  expect(moments[3]!).toBeCloseTo(3, 0.8);
});
