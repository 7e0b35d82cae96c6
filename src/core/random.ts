import { log, sin } from './maths.ts';

/**
 * Keyed random numbers: the value at (seed, index, stream) is a pure function of the three, so that any part of a sequence
 * can be made anywhere, in any order, on any engine.
 *
 * Method: Threefry-4×32 with 20 rounds. J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC11 (2011). Key = seed (low, high 32 bits), counter = index (low, high), stream (low, high).
 */

const PARITY = 0x1bd11bda;
const HIGH = 4294967296; // 2^32

const key = new Int32Array(5);
const words = new Int32Array(4);

/** Low and high words of an integer in two's complement; other numbers are floored first. */
function highWord(value: number): number {
  return Math.floor(value / HIGH) | 0;
}

/** Fills `words` with the block of (seed, index, stream). */
function mixWords(seed: number, index: number, stream: number): void {
  key[0] = seed;
  key[1] = highWord(seed);
  key[2] = 0;
  key[3] = 0;
  key[4] = PARITY ^ key[0] ^ key[1];
  let a = (Math.floor(index) + key[0]) | 0;
  let b = (highWord(index) + key[1]) | 0;
  let c = Math.floor(stream) | 0;
  let d = highWord(stream);
  // Rotations are written out: looked up, they cost as much again.
  for (let turn = 1; turn <= 5; turn++) {
    if ((turn & 1) === 1) {
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
    } else {
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
    }
    a = (a + key[turn % 5]!) | 0;
    b = (b + key[(turn + 1) % 5]!) | 0;
    c = (c + key[(turn + 2) % 5]!) | 0;
    d = (d + key[(turn + 3) % 5]! + turn) | 0;
  }
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}

/** 53 random bits as a multiple of 2^−53 in [0, 1). */
function fraction(low: number, high: number): number {
  return ((high >>> 5) * 67108864 + (low >>> 6)) / 9007199254740992;
}

/**
 * @param seed integer, |seed| ≤ 2^53
 * @param index integer, which number of the sequence
 * @param stream integer, which sequence of the seed
 * @returns uniform in [0, 1), a multiple of 2^−53
 */
export function uniform(seed: number, index: number, stream = 0): number {
  mixWords(seed, index, stream);
  return fraction(words[0]!, words[1]!);
}

/**
 * A standard normal number by G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates" (1958).
 * Keyed as `uniform`; |result| < 8.6.
 */
export function normal(seed: number, index: number, stream = 0): number {
  mixWords(seed, index, stream);
  const radius = Math.sqrt(-2 * log(1 - fraction(words[0]!, words[1]!)));
  return radius * sin(2 * Math.PI * fraction(words[2]!, words[3]!));
}

/** The four 32-bit words of a block, for tests against the published vectors. */
export function randomBlock(seed: number, index: number, stream: number): [number, number, number, number] {
  mixWords(seed, index, stream);
  return [words[0]! >>> 0, words[1]! >>> 0, words[2]! >>> 0, words[3]! >>> 0];
}
