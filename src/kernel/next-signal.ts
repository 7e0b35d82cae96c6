/** 1 where a condition holds at a bar. */
export function isSet(bits: Uint32Array, condition: number, bar: number): number {
  return (bits[condition + (bar >>> 5)]! >>> (bar & 31)) & 1;
}

/** The first bar from `from` on at which exactly one side has an entry that its own exit does not veto, or −1. */
export function nextEntry(
  bits: Uint32Array,
  enterLong: number,
  exitLong: number,
  enterShort: number,
  exitShort: number,
  from: number,
  words: number,
): number {
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const long = bits[enterLong + w]! & ~bits[exitLong + w]!;
    const short = bits[enterShort + w]! & ~bits[exitShort + w]!;
    const word = (long ^ short) & mask;
    if (word !== 0) return (w << 5) + 31 - Math.clz32(word & -word);
    mask = -1;
  }
  return -1;
}

/** The first bar from `from` on with an exit, or with a heeded entry of the other side that its own exit does not veto, or −1. */
export function nextLeave(
  bits: Uint32Array,
  exit: number,
  otherEntry: number,
  otherExit: number,
  heeded: number,
  from: number,
  words: number,
): number {
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const other = bits[otherEntry + w]! & ~bits[otherExit + w]! & heeded;
    const word = (bits[exit + w]! | other) & mask;
    if (word !== 0) return (w << 5) + 31 - Math.clz32(word & -word);
    mask = -1;
  }
  return -1;
}
