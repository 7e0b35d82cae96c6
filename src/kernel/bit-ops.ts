/**
 * Conditions as bits: 32 bars to a word, bit 0 of word 0 is bar 0, bits past the last bar 0. Every function writes a whole
 * condition of `bars` bars into `bits` from word `out` on; `out` may be one of the inputs where the function reads words.
 *
 * `Number(a > b)` compiles to a flag, where a ternary would become a branch that real prices mispredict.
 */

/** Words of a condition over `bars` bars. */
export function wordCount(bars: number): number {
  return (bars + 31) >>> 5;
}

/** Mask of the bits of the last word that stand for bars. */
function tailMask(bars: number): number {
  return (bars & 31) === 0 ? -1 : (1 << (bars & 31)) - 1;
}

export function fillBits(bits: Uint32Array, out: number, bars: number, value: boolean): void {
  const words = wordCount(bars);
  bits.fill(value ? 0xffffffff : 0, out, out + words);
  if (value && words > 0) bits[out + words - 1] = tailMask(bars);
}

/** The condition as 1 and 0. */
export function unpackBits(bits: Uint32Array, from: number, out: Float64Array, bars: number): void {
  for (let i = 0; i < bars; i++) out[i] = (bits[from + (i >> 5)]! >>> (i & 31)) & 1;
}

/** a > b at each of `bars` bars, false where either is NaN: of `a` from its value `aFrom` on, of `b` from `bFrom` on. */
export function aboveBits(
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  const end = aFrom + bars;
  const shift = bFrom - aFrom;
  let i = aFrom;
  for (let w = out; i < end; w++) {
    let word = 0;
    if (i + 32 <= end) {
      // four bars shifted in from the top: a quarter of the time less than one by one
      for (const stop = i + 32; i < stop; i += 4) {
        const low = (Number(a[i]! > b[i + shift]!) << 28) | (Number(a[i + 1]! > b[i + shift + 1]!) << 29);
        const high = (Number(a[i + 2]! > b[i + shift + 2]!) << 30) | (Number(a[i + 3]! > b[i + shift + 3]!) << 31);
        word = (word >>> 4) | low | high;
      }
    } else {
      for (let bit = 0; i < end; i++, bit++) word |= Number(a[i]! > b[i + shift]!) << bit;
    }
    bits[w] = word;
  }
}

/** a ≥ b, otherwise as `aboveBits`. */
export function notBelowBits(
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  const end = aFrom + bars;
  const shift = bFrom - aFrom;
  let i = aFrom;
  for (let w = out; i < end; w++) {
    let word = 0;
    if (i + 32 <= end) {
      for (const stop = i + 32; i < stop; i += 4) {
        const low = (Number(a[i]! >= b[i + shift]!) << 28) | (Number(a[i + 1]! >= b[i + shift + 1]!) << 29);
        const high = (Number(a[i + 2]! >= b[i + shift + 2]!) << 30) | (Number(a[i + 3]! >= b[i + shift + 3]!) << 31);
        word = (word >>> 4) | low | high;
      }
    } else {
      for (let bit = 0; i < end; i++, bit++) word |= Number(a[i]! >= b[i + shift]!) << bit;
    }
    bits[w] = word;
  }
}

/** a > `limit[0]` at each of `bars` bars of `a` from its value `from` on, false where a is NaN. */
export function aboveLevelBits(
  a: Float64Array,
  from: number,
  limit: Float64Array,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  const end = from + bars;
  const level = limit[0]!;
  let i = from;
  for (let w = out; i < end; w++) {
    let word = 0;
    if (i + 32 <= end) {
      for (const stop = i + 32; i < stop; i += 4) {
        const low = (Number(a[i]! > level) << 28) | (Number(a[i + 1]! > level) << 29);
        const high = (Number(a[i + 2]! > level) << 30) | (Number(a[i + 3]! > level) << 31);
        word = (word >>> 4) | low | high;
      }
    } else {
      for (let bit = 0; i < end; i++, bit++) word |= Number(a[i]! > level) << bit;
    }
    bits[w] = word;
  }
}

/** a < `limit[0]`, otherwise as `aboveLevelBits`. */
export function belowLevelBits(
  a: Float64Array,
  from: number,
  limit: Float64Array,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  const end = from + bars;
  const level = limit[0]!;
  let i = from;
  for (let w = out; i < end; w++) {
    let word = 0;
    if (i + 32 <= end) {
      for (const stop = i + 32; i < stop; i += 4) {
        const low = (Number(a[i]! < level) << 28) | (Number(a[i + 1]! < level) << 29);
        const high = (Number(a[i + 2]! < level) << 30) | (Number(a[i + 3]! < level) << 31);
        word = (word >>> 4) | low | high;
      }
    } else {
      for (let bit = 0; i < end; i++, bit++) word |= Number(a[i]! < level) << bit;
    }
    bits[w] = word;
  }
}

export function equalBits(a: Float64Array, b: Float64Array, bits: Uint32Array, out: number, bars: number): void {
  let i = 0;
  for (let w = out; i < bars; w++) {
    const stop = Math.min(i + 32, bars);
    let word = 0;
    for (let bit = 0; i < stop; i++, bit++) word |= Number(a[i]! === b[i]!) << bit;
    bits[w] = word;
  }
}

/** a ≠ b at each bar, false where either is NaN. */
export function unequalBits(a: Float64Array, b: Float64Array, bits: Uint32Array, out: number, bars: number): void {
  let i = 0;
  for (let w = out; i < bars; w++) {
    const stop = Math.min(i + 32, bars);
    let word = 0;
    for (let bit = 0; i < stop; i++, bit++) word |= (Number(a[i]! > b[i]!) | Number(a[i]! < b[i]!)) << bit;
    bits[w] = word;
  }
}

/**
 * Crossings of two series without NaN from bar `valid` on, both ways in one pass: over is a > b after a ≤ b, under is a < b
 * after a ≥ b, the bar before being valid too.
 */
export function crossBits(
  a: Float64Array,
  b: Float64Array,
  valid: number,
  bits: Uint32Array,
  over: number,
  under: number,
  bars: number,
): void {
  const words = wordCount(bars);
  const firstWord = Math.min(valid >>> 5, words);
  bits.fill(0, over, over + firstWord);
  bits.fill(0, under, under + firstWord);
  let notAbove = 0; // of the last bar of the word before, as bit 0
  let notBelow = 0;
  let isAbove = false;
  for (let w = firstWord; w < words; w++) {
    let i = w << 5;
    let above = 0;
    let below = 0;
    if (i + 32 <= bars) {
      // most words hold no crossing: where all of a word is as the bar before it, its other comparison is known
      if (isAbove) {
        above = aboveWord(a, b, i, 0);
        if (above !== -1) below = aboveWord(b, a, i, 0);
      } else {
        below = aboveWord(b, a, i, 0);
        if (below !== -1) above = aboveWord(a, b, i, 0);
      }
      isAbove = above < 0;
    } else {
      for (let bit = 0; i < bars; i++, bit++) {
        const x = a[i]!;
        const y = b[i]!;
        above |= Number(x > y) << bit;
        below |= Number(x < y) << bit;
      }
    }
    const known = w === firstWord ? -1 << (valid & 31) : -1;
    const le = known & ~above;
    const ge = known & ~below;
    bits[over + w] = above & ((le << 1) | notAbove);
    bits[under + w] = below & ((ge << 1) | notBelow);
    notAbove = le >>> 31;
    notBelow = ge >>> 31;
  }
}

/** a > b at 32 bars, of `a` from its value `from` on, of `b` from `from` + `shift` on. */
function aboveWord(a: Float64Array, b: Float64Array, from: number, shift: number): number {
  let word = 0;
  for (let i = from; i < from + 32; i += 4) {
    const low = (Number(a[i]! > b[i + shift]!) << 28) | (Number(a[i + 1]! > b[i + shift + 1]!) << 29);
    const high = (Number(a[i + 2]! > b[i + shift + 2]!) << 30) | (Number(a[i + 3]! > b[i + shift + 3]!) << 31);
    word = (word >>> 4) | low | high;
  }
  return word;
}

/** `aboveBits` both ways: a > b from word `above` on, a < b from word `below` on. */
export function bothBits(
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  bits: Uint32Array,
  above: number,
  below: number,
  bars: number,
): void {
  const whole = bars >>> 5;
  let isAbove = false;
  for (let w = 0; w < whole; w++) {
    const i = aFrom + (w << 5);
    const j = bFrom + (w << 5);
    let over = 0;
    let under = 0;
    // as in crossBits
    if (isAbove) {
      over = aboveWord(a, b, i, j - i);
      if (over !== -1) under = aboveWord(b, a, j, i - j);
    } else {
      under = aboveWord(b, a, j, i - j);
      if (under !== -1) over = aboveWord(a, b, i, j - i);
    }
    isAbove = over < 0;
    bits[above + w] = over;
    bits[below + w] = under;
  }
  const done = whole << 5;
  if (done === bars) return;
  aboveBits(a, aFrom + done, b, bFrom + done, bits, above + whole, bars - done);
  aboveBits(b, bFrom + done, a, aFrom + done, bits, below + whole, bars - done);
}

/** As crossBits, for series with NaN anywhere. */
export function crossHoleyBits(
  a: Float64Array,
  b: Float64Array,
  bits: Uint32Array,
  over: number,
  under: number,
  bars: number,
): void {
  let notAbove = 0;
  let notBelow = 0;
  for (let w = 0, i = 0; i < bars; w++) {
    const stop = Math.min(i + 32, bars);
    let above = 0;
    let below = 0;
    let equal = 0;
    for (let bit = 0; i < stop; i++, bit++) {
      const x = a[i]!;
      const y = b[i]!;
      above |= Number(x > y) << bit;
      below |= Number(x < y) << bit;
      equal |= Number(x === y) << bit;
    }
    const le = below | equal;
    const ge = above | equal;
    bits[over + w] = above & ((le << 1) | notAbove);
    bits[under + w] = below & ((ge << 1) | notBelow);
    notAbove = le >>> 31;
    notBelow = ge >>> 31;
  }
}

export function andBits(bits: Uint32Array, left: number, right: number, out: number, bars: number): void {
  const words = wordCount(bars);
  for (let w = 0; w < words; w++) bits[out + w] = bits[left + w]! & bits[right + w]!;
}

export function orBits(bits: Uint32Array, left: number, right: number, out: number, bars: number): void {
  const words = wordCount(bars);
  for (let w = 0; w < words; w++) bits[out + w] = bits[left + w]! | bits[right + w]!;
}

export function notBits(bits: Uint32Array, arg: number, out: number, bars: number): void {
  const words = wordCount(bars);
  for (let w = 0; w < words; w++) bits[out + w] = ~bits[arg + w]!;
  if (words > 0) bits[out + words - 1] = bits[out + words - 1]! & tailMask(bars);
}

/** The condition `by` bars before, false at the first `by` bars; false everywhere where `by` is no whole number ≥ 0. */
export function shiftBits(bits: Uint32Array, arg: number, by: number, out: number, bars: number): void {
  const words = wordCount(bars);
  if (!(Number.isInteger(by) && by >= 0 && by < bars)) {
    bits.fill(0, out, out + words);
    return;
  }
  const jump = by >>> 5;
  const left = by & 31;
  for (let w = words - 1; w >= 0; w--) {
    const from = w - jump;
    const high = from >= 0 ? bits[arg + from]! << left : 0;
    // a shift by 32 would be a shift by 0
    const low = left > 0 && from >= 1 ? bits[arg + from - 1]! >>> (32 - left) : 0;
    bits[out + w] = high | low;
  }
  if (words > 0) bits[out + words - 1] = bits[out + words - 1]! & tailMask(bars);
}
