const DIGIT = 11;
const BUCKETS = 1 << DIGIT;
const PASSES = 3; // 3 × 11 bits cover a word
const SHORT = 24; // a run up to here is sorted by insertion

/**
 * Stable radix sort of row numbers by the bits of their float64 values. The upper words decide almost every pair, so they are sorted
 * first and carried along; the lower words are looked at only within runs of equal upper ones. No value may be NaN.
 *
 * @param direction `min`: ascending
 * @returns the sorted rows, in memory of their own
 */
export function sortRows(ranked: Uint32Array, values: Float64Array, direction: 'max' | 'min'): Uint32Array {
  const n = ranked.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const flip = direction === 'max' ? 0xffffffff : 0;
  for (let i = 0; i < n; i++) {
    bits[0] = values[ranked[i]!]! + 0; // −0 + 0 is 0: the two zeros tie
    // Bits of a negative number run backwards; flipped, all compare as unsigned whole numbers.
    const mask = -(words[1]! >>> 31);
    low[i] = words[0]! ^ mask ^ flip;
    high[i] = words[1]! ^ (mask | 0x80000000) ^ flip;
  }
  const { keys, places } = sortKeys(high, countUp(n));
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && keys[to] === keys[from]) to++;
    if (to - from > 1) sortRun(places.subarray(from, to), low);
    from = to;
  }
  for (let i = 0; i < n; i++) places[i] = ranked[places[i]!]!;
  return places;
}

/** Places whose upper words are equal, by their lower words. */
function sortRun(places: Uint32Array, low: Uint32Array): void {
  const first = low[places[0]!]!;
  let same = 1;
  while (same < places.length && low[places[same]!] === first) same++;
  if (same === places.length) return;
  if (places.length > SHORT) {
    places.set(
      sortKeys(
        Uint32Array.from(places, (place) => low[place]!),
        places.slice(),
      ).places,
    );
    return;
  }
  for (let i = same; i < places.length; i++) {
    const place = places[i]!;
    const key = low[place]!;
    let j = i - 1;
    for (; j >= 0 && low[places[j]!]! > key; j--) places[j + 1] = places[j]!;
    places[j + 1] = place;
  }
}

interface Sorted {
  readonly keys: Uint32Array; // ascending
  readonly places: Uint32Array; // each beside its key
}

/** Stable, least digit first. Both arrays are given away. */
function sortKeys(keys: Uint32Array, places: Uint32Array): Sorted {
  const n = keys.length;
  const starts = new Uint32Array(PASSES * BUCKETS);
  for (let i = 0; i < n; i++) {
    const key = keys[i]!;
    starts[key & (BUCKETS - 1)]!++;
    starts[BUCKETS + ((key >>> DIGIT) & (BUCKETS - 1))]!++;
    starts[2 * BUCKETS + (key >>> (2 * DIGIT))]!++;
  }
  let from: Sorted = { keys, places };
  let to: Sorted | null = null;
  for (let pass = 0; pass < PASSES; pass++) {
    const shift = pass * DIGIT;
    const next = starts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS);
    if (n === 0 || next[(from.keys[0]! >>> shift) & (BUCKETS - 1)] === n) continue; // all alike: nothing moves
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const held = next[bucket]!;
      next[bucket] = sum;
      sum += held;
    }
    to ??= { keys: new Uint32Array(n), places: new Uint32Array(n) };
    scatter(from, to, shift, next);
    [from, to] = [to, from];
  }
  return from;
}

function scatter(from: Sorted, to: Sorted, shift: number, next: Uint32Array): void {
  const { keys, places } = from;
  const { keys: outKeys, places: outPlaces } = to;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const at = next[(key >>> shift) & (BUCKETS - 1)]!++;
    outKeys[at] = key;
    outPlaces[at] = places[i]!;
  }
}

function countUp(count: number): Uint32Array {
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) out[i] = i;
  return out;
}
