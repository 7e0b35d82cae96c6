/**
 * SHA-256 (FIPS 180-4), pure and synchronous, because content hashes are needed in rooms that know no platform.
 * One message schedule is kept for all calls; nothing is allocated per block.
 */

const PRIMES_NEEDED = 64;

/** First 32 bits of the fractional part of a root of p, from integers only. `degree` 2 or 3. */
function fractionOfRoot(prime: number, degree: 2 | 3): number {
  const target = BigInt(prime) << BigInt(32 * degree);
  let low = 0n;
  let high = 1n << 37n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

const PRIMES = firstPrimes(PRIMES_NEEDED);
const ROUND_CONSTANTS = Int32Array.from(PRIMES, (prime) => fractionOfRoot(prime, 3));
const INITIAL_STATE = Int32Array.from(PRIMES.slice(0, 8), (prime) => fractionOfRoot(prime, 2));

const schedule = new Int32Array(64);
const state = new Int32Array(8);
const tail = new Uint8Array(128);

/** Mixes the 64-byte blocks of `bytes` in [from, to) into `state`; `to − from` is a multiple of 64. */
function mixBlocks(bytes: Uint8Array, from: number, to: number): void {
  const w = schedule;
  const k = ROUND_CONSTANTS;
  for (let block = from; block < to; block += 64) {
    for (let i = 0, at = block; i < 16; i++, at += 4) {
      w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + (g ^ (e & (f ^ g))) + k[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = state[0]! + a;
    state[1] = state[1]! + b;
    state[2] = state[2]! + c;
    state[3] = state[3]! + d;
    state[4] = state[4]! + e;
    state[5] = state[5]! + f;
    state[6] = state[6]! + g;
    state[7] = state[7]! + h;
  }
}

/**
 * @param bytes any length below 2^50; read once, also from shared memory
 * @returns 64 lower-case hex digits
 */
export function sha256Hex(bytes: Uint8Array): string {
  state.set(INITIAL_STATE);
  const length = bytes.length;
  const whole = length - (length % 64);
  mixBlocks(bytes, 0, whole);

  tail.fill(0);
  tail.set(bytes.subarray(whole));
  tail[length - whole] = 0x80;
  const tailBytes = length - whole < 56 ? 64 : 128;
  let bits = length * 8;
  for (let at = tailBytes - 1; bits > 0; at--) {
    tail[at] = bits % 256;
    bits = Math.floor(bits / 256);
  }
  mixBlocks(tail, 0, tailBytes);

  let hex = '';
  for (const word of state) hex += (word >>> 0).toString(16).padStart(8, '0');
  return hex;
}

/** Two lower-case digits per byte. */
export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** UTF-8 of a string; a lone surrogate becomes U+FFFD, as in the platform's encoder. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3); // a UTF-16 unit needs at most three bytes; a pair needs four
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) {
      bytes[at++] = point;
      continue;
    }
    if (point < 0x800) {
      bytes[at++] = 0xc0 | (point >> 6);
    } else {
      if (point < 0x10000) {
        bytes[at++] = 0xe0 | (point >> 12);
      } else {
        bytes[at++] = 0xf0 | (point >> 18);
        bytes[at++] = 0x80 | ((point >> 12) & 63);
      }
      bytes[at++] = 0x80 | ((point >> 6) & 63);
    }
    bytes[at++] = 0x80 | (point & 63);
  }
  return bytes.slice(0, at);
}
