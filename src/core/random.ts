import { boxMuller } from './box-muller.ts';

/**
 * Keyed random numbers: the value at (seed, index, stream) is a pure function of the three, so that any part of a sequence
 * can be made anywhere, in any order, on any engine.
 *
 * Method: Threefry-4×32 with 20 rounds. J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC11 (2011). Key = seed (low, high 32 bits), counter = index (low, high), stream (low, high).
 */

const PARITY = 0x1bd11bda;
const HIGH = 4294967296; // 2^32

const words = new Int32Array(4);

/** Low word of an integer in two's complement; other numbers are floored first. */
export function lowWord(value: number): number {
  return Math.floor(value) | 0;
}

export function highWord(value: number): number {
  return Math.floor(value / HIGH) | 0;
}

/**
 * Fills `words` with a block; each of seed, index and stream is its low and its high word. Every round and every rotation is
 * written out, and the key's two words that are 0 are left out: in a loop it takes twice as long.
 */
function mixWords(k0: number, k1: number, indexLow: number, indexHigh: number, low: number, high: number): void {
  const k4 = PARITY ^ k0 ^ k1;
  let a = (indexLow + k0) | 0;
  let b = (indexHigh + k1) | 0;
  let c = low;
  let d = high;
  a = (a + b) | 0;
  b = ((b << 10) | (b >>> 22)) ^ a;
  c = (c + d) | 0;
  d = ((d << 26) | (d >>> 6)) ^ c;
  a = (a + d) | 0;
  d = ((d << 11) | (d >>> 21)) ^ a;
  c = (c + b) | 0;
  b = ((b << 21) | (b >>> 11)) ^ c;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  c = (c + d) | 0;
  d = ((d << 27) | (d >>> 5)) ^ c;
  a = (a + d) | 0;
  d = ((d << 23) | (d >>> 9)) ^ a;
  c = (c + b) | 0;
  b = ((b << 5) | (b >>> 27)) ^ c;
  a = (a + k1) | 0;
  d = (d + k4 + 1) | 0;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  c = (c + d) | 0;
  d = ((d << 20) | (d >>> 12)) ^ c;
  a = (a + d) | 0;
  d = ((d << 17) | (d >>> 15)) ^ a;
  c = (c + b) | 0;
  b = ((b << 11) | (b >>> 21)) ^ c;
  a = (a + b) | 0;
  b = ((b << 25) | (b >>> 7)) ^ a;
  c = (c + d) | 0;
  d = ((d << 10) | (d >>> 22)) ^ c;
  a = (a + d) | 0;
  d = ((d << 18) | (d >>> 14)) ^ a;
  c = (c + b) | 0;
  b = ((b << 20) | (b >>> 12)) ^ c;
  c = (c + k4) | 0;
  d = (d + k0 + 2) | 0;
  a = (a + b) | 0;
  b = ((b << 10) | (b >>> 22)) ^ a;
  c = (c + d) | 0;
  d = ((d << 26) | (d >>> 6)) ^ c;
  a = (a + d) | 0;
  d = ((d << 11) | (d >>> 21)) ^ a;
  c = (c + b) | 0;
  b = ((b << 21) | (b >>> 11)) ^ c;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  c = (c + d) | 0;
  d = ((d << 27) | (d >>> 5)) ^ c;
  a = (a + d) | 0;
  d = ((d << 23) | (d >>> 9)) ^ a;
  c = (c + b) | 0;
  b = ((b << 5) | (b >>> 27)) ^ c;
  b = (b + k4) | 0;
  c = (c + k0) | 0;
  d = (d + k1 + 3) | 0;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  c = (c + d) | 0;
  d = ((d << 20) | (d >>> 12)) ^ c;
  a = (a + d) | 0;
  d = ((d << 17) | (d >>> 15)) ^ a;
  c = (c + b) | 0;
  b = ((b << 11) | (b >>> 21)) ^ c;
  a = (a + b) | 0;
  b = ((b << 25) | (b >>> 7)) ^ a;
  c = (c + d) | 0;
  d = ((d << 10) | (d >>> 22)) ^ c;
  a = (a + d) | 0;
  d = ((d << 18) | (d >>> 14)) ^ a;
  c = (c + b) | 0;
  b = ((b << 20) | (b >>> 12)) ^ c;
  a = (a + k4) | 0;
  b = (b + k0) | 0;
  c = (c + k1) | 0;
  d = (d + 4) | 0;
  a = (a + b) | 0;
  b = ((b << 10) | (b >>> 22)) ^ a;
  c = (c + d) | 0;
  d = ((d << 26) | (d >>> 6)) ^ c;
  a = (a + d) | 0;
  d = ((d << 11) | (d >>> 21)) ^ a;
  c = (c + b) | 0;
  b = ((b << 21) | (b >>> 11)) ^ c;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  c = (c + d) | 0;
  d = ((d << 27) | (d >>> 5)) ^ c;
  a = (a + d) | 0;
  d = ((d << 23) | (d >>> 9)) ^ a;
  c = (c + b) | 0;
  b = ((b << 5) | (b >>> 27)) ^ c;
  a = (a + k0) | 0;
  b = (b + k1) | 0;
  d = (d + 5) | 0;
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}

/** 53 random bits as a multiple of 2^−53 in [0, 1). */
function fraction(low: number, high: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6)) * (1 / 9007199254740992);
}

/** As `uniform`, from words. */
export function uniformOf(
  seedLow: number,
  seedHigh: number,
  indexLow: number,
  indexHigh: number,
  low: number,
  high: number,
): number {
  mixWords(seedLow, seedHigh, indexLow, indexHigh, low, high);
  return fraction(words[0]!, words[1]!);
}

/** As `normal`, from words. */
export function normalOf(
  seedLow: number,
  seedHigh: number,
  indexLow: number,
  indexHigh: number,
  low: number,
  high: number,
): number {
  mixWords(seedLow, seedHigh, indexLow, indexHigh, low, high);
  return boxMuller(fraction(words[0]!, words[1]!), fraction(words[2]!, words[3]!));
}

/**
 * @param seed integer, |seed| ≤ 2^53
 * @param index integer, which number of the sequence
 * @param stream integer, which sequence of the seed
 * @returns uniform in [0, 1), a multiple of 2^−53
 */
export function uniform(seed: number, index: number, stream = 0): number {
  return uniformOf(lowWord(seed), highWord(seed), lowWord(index), highWord(index), lowWord(stream), highWord(stream));
}

/** A standard normal number. Keyed as `uniform`; |result| < 8.6. */
export function normal(seed: number, index: number, stream = 0): number {
  return normalOf(lowWord(seed), highWord(seed), lowWord(index), highWord(index), lowWord(stream), highWord(stream));
}

/** The four 32-bit words of a block, for tests against the published vectors. */
export function randomBlock(seed: number, index: number, stream: number): [number, number, number, number] {
  uniform(seed, index, stream);
  return [words[0]! >>> 0, words[1]! >>> 0, words[2]! >>> 0, words[3]! >>> 0];
}
