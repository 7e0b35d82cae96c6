import type { Draws } from '../draws.ts';
import type { NextPoint } from '../method.ts';

/**
 * Polynomial and first direction numbers of the dimensions from the second on, `degree coefficients m1 m2 …`, as published by
 * S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008):
 * their criterion D6.
 */
const JOE_KUO: readonly (readonly number[])[] = [
  [1, 0, 1],
  [2, 1, 1, 3],
  [3, 1, 1, 3, 1],
  [3, 2, 1, 1, 1],
  [4, 1, 1, 1, 3, 3],
  [4, 4, 1, 3, 5, 13],
  [5, 2, 1, 1, 5, 5, 17],
  [5, 4, 1, 1, 5, 5, 5],
  [5, 7, 1, 1, 7, 11, 19],
  [5, 11, 1, 1, 5, 1, 1],
  [5, 13, 1, 1, 1, 3, 11],
  [5, 14, 1, 3, 5, 5, 31],
  [6, 1, 1, 3, 3, 9, 7, 49],
  [6, 13, 1, 1, 1, 15, 21, 21],
  [6, 16, 1, 3, 1, 13, 27, 49],
  [6, 19, 1, 1, 1, 15, 7, 5],
  [6, 22, 1, 3, 1, 15, 13, 25],
  [6, 25, 1, 1, 5, 5, 19, 61],
  [7, 1, 1, 3, 7, 11, 23, 15, 103],
  [7, 4, 1, 3, 7, 13, 13, 15, 69],
  [7, 7, 1, 1, 3, 13, 7, 35, 63],
  [7, 8, 1, 3, 5, 9, 1, 25, 53],
  [7, 14, 1, 3, 1, 13, 9, 35, 107],
  [7, 19, 1, 3, 1, 5, 27, 61, 31],
  [7, 21, 1, 1, 5, 11, 19, 41, 61],
  [7, 28, 1, 3, 5, 3, 3, 13, 69],
  [7, 31, 1, 1, 7, 13, 1, 19, 1],
  [7, 32, 1, 3, 7, 5, 13, 19, 59],
  [7, 37, 1, 1, 3, 9, 25, 29, 41],
  [7, 41, 1, 3, 5, 13, 23, 1, 55],
  [7, 42, 1, 3, 7, 3, 13, 59, 17],
  [7, 50, 1, 3, 1, 3, 5, 53, 69],
  [7, 55, 1, 1, 5, 5, 23, 33, 13],
  [7, 56, 1, 1, 7, 7, 1, 61, 123],
  [7, 59, 1, 1, 7, 9, 13, 61, 49],
  [7, 62, 1, 3, 3, 5, 3, 55, 33],
];

/** Axes that the sequence covers; further ones get independent random numbers. */
export const SOBOL_AXES = JOE_KUO.length + 1;
const BITS = 32;
const UNIT = 1 / 4_294_967_296;

/**
 * Points of a Sobol sequence, I. M. Sobol' (1967), scrambled after A. B. Owen, "Randomly permuted (t, m, s)-nets and
 * (t, s)-sequences" (1995): every binary digit is flipped or not by a hash of all digits before it, so that points stay as even
 * as they were and no axis is favoured. The hash is the one of B. Burley, "Practical hash-based Owen scrambling", JCGT 9 (2020).
 */
export function sobolPoints(axes: number, draws: Draws): NextPoint {
  const covered = Math.min(axes, SOBOL_AXES);
  const directions = Array.from({ length: covered }, (_, axis) => directionNumbers(axis));
  const seeds = Uint32Array.from({ length: covered }, () => draws.below(4_294_967_296));
  const words = new Uint32Array(covered);
  let index = 0;
  return (point) => {
    for (let a = 0; a < covered; a++) point[a] = scramble(words[a]!, seeds[a]!) * UNIT;
    for (let a = covered; a < axes; a++) point[a] = draws.next();
    // Gray code: the next point differs by one direction, that of the lowest zero digit of the index.
    const digit = Math.min(BITS - 1, 31 - Math.clz32(~index & -~index));
    for (let a = 0; a < covered; a++) words[a] = words[a]! ^ directions[a]![digit]!;
    index++;
  };
}

/** The 32 direction numbers of an axis, the most significant binary digit first. */
export function directionNumbers(axis: number): Uint32Array {
  const numbers = new Uint32Array(BITS);
  const row = JOE_KUO[axis - 1];
  if (row === undefined) {
    for (let k = 0; k < BITS; k++) numbers[k] = 1 << (BITS - 1 - k);
    return numbers;
  }
  const [degree = 0, coefficients = 0, ...first] = row;
  for (let k = 0; k < BITS; k++) {
    if (k < degree) {
      numbers[k] = first[k]! << (BITS - 1 - k);
      continue;
    }
    let word = numbers[k - degree]! ^ (numbers[k - degree]! >>> degree);
    for (let j = 1; j < degree; j++) {
      if (((coefficients >> (degree - 1 - j)) & 1) === 1) word ^= numbers[k - j]!;
    }
    numbers[k] = word;
  }
  return numbers;
}

function scramble(word: number, seed: number): number {
  let x = reverse(word);
  x ^= Math.imul(x, 0x3d20adea);
  x = (x + seed) | 0;
  x = Math.imul(x, (seed >>> 16) | 1);
  x ^= Math.imul(x, 0x05526c56);
  x ^= Math.imul(x, 0x53a22864);
  return reverse(x) >>> 0;
}

function reverse(word: number): number {
  let x = word;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}
