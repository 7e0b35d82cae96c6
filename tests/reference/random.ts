import { log, sin } from '../../src/core/maths.ts';

/** Rotations of Threefry-4×32, J. K. Salmon et al. (2011), table 2: two words per round, repeated after eight rounds. */
const ROTATIONS = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
] as const;
const ROUNDS = 20;
const PARITY = 0x1bd11bdan;

const wordsOf = (value: number): bigint[] => {
  const bits = BigInt.asUintN(64, BigInt(value));
  return [bits & 0xffffffffn, bits >> 32n];
};

/** The four 32-bit words of (seed, index, stream), round by round as the paper says it. */
export function plainBlock(seed: number, index: number, stream: number): number[] {
  const short = (value: bigint): bigint => BigInt.asUintN(32, value);
  const rotate = (value: bigint, by: number): bigint => short((value << BigInt(by)) | (value >> BigInt(32 - by)));
  const key = [...wordsOf(seed), 0n, 0n];
  key.push(key.reduce((a, b) => a ^ b, PARITY));
  const x = [...wordsOf(index), ...wordsOf(stream)];
  const inject = (turn: number): void => {
    for (let word = 0; word < 4; word++) x[word] = short(x[word]! + key[(turn + word) % 5]!);
    x[3] = short(x[3]! + BigInt(turn));
  };
  inject(0);
  for (let round = 0; round < ROUNDS; round++) {
    const [first, second] = ROTATIONS[round % 8]!;
    const [p, q] = round % 2 === 0 ? [1, 3] : [3, 1];
    x[0] = short(x[0]! + x[p]!);
    x[p] = rotate(x[p]!, first) ^ x[0];
    x[2] = short(x[2]! + x[q]!);
    x[q] = rotate(x[q]!, second) ^ x[2];
    if (round % 4 === 3) inject((round + 1) / 4);
  }
  return x.map(Number);
}

/** 53 bits of two words, as a number in [0, 1). */
function unit(low: number, high: number): number {
  return (Math.floor(high / 2 ** 5) * 2 ** 26 + Math.floor(low / 2 ** 6)) / 2 ** 53;
}

export function plainUniform(seed: number, index: number, stream: number): number {
  const [a = 0, b = 0] = plainBlock(seed, index, stream);
  return unit(a, b);
}

export function plainNormal(seed: number, index: number, stream: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = plainBlock(seed, index, stream);
  return plainBoxMuller(unit(a, b), unit(c, d));
}

/** One of the two numbers of Box and Muller. */
export function plainBoxMuller(first: number, second: number): number {
  return Math.sqrt(-2 * log(1 - first)) * sin(2 * Math.PI * second);
}
