/**
 * Crossings of many series against many others at once: the values of all stay sorted from bar to bar, and a pair crossed where its
 * two values traded places, so that a bar costs about as much as there are series, not pairs.
 *
 * `over` is a > b after a ≤ b, `under` is a < b after a ≥ b, as everywhere. Pairs that meet exactly are listed at the bar where they
 * do; at the next one they cross to whichever side they go, also back to where they came from.
 */
export interface Crossings {
  /**
   * Sets the order of the bar before the first one.
   * @param values one row of `stride` doubles per series, the left ones first
   * @param at column of that bar
   */
  begin(values: Float64Array, stride: number, at: number): void;
  /**
   * Goes through columns [from, to) of `values`, as `begin` describes them, or until no room is left.
   * @returns the column before which it stopped
   */
  run(values: Float64Array, stride: number, from: number, to: number): number;
  /** Of the last `run`: pair number × 2^(SHIFT + 1) + (column − `from`) × 2 + (1 where over), in the order of columns. */
  readonly events: Int32Array;
  readonly count: number;
}

/** A run has at most 2^COLUMN_BITS columns. */
export const COLUMN_BITS = 10;

/**
 * @param left count of the left series, `right` of the others
 * @param pairOf per left series and right series: the pair's number, −1 where it is not wanted
 * @param pairs count of wanted pairs, at most 2^20
 * @param events room for events, twice as many as pairs at the least
 */
export function createCrossings(left: number, right: number, pairOf: Int32Array, pairs: number, events: Int32Array): Crossings {
  const all = left + right;
  const order = new Int32Array(all); // series by value
  const keys = new Float64Array(all); // their values
  const limit = events.length - pairs;
  const tiedAt = new Int32Array(pairs).fill(-1); // number of the bar at which the pair was last equal
  const tiedPairs = new Int32Array(pairs);
  const tiedLeft = new Int32Array(pairs);
  const tiedRight = new Int32Array(pairs);
  let tied = 0;
  let bar = 0; // counts bars since `begin`
  let count = 0;

  /** Lists the pairs that are equal at this bar; called where two neighbours of the order are. */
  function findTies(): void {
    for (let from = 0; from < all;) {
      let to = from + 1;
      while (to < all && keys[to] === keys[from]) to++;
      for (let p = from; p < to; p++) {
        const a = order[p]!;
        if (a >= left) continue;
        for (let q = from; q < to; q++) {
          const b = order[q]! - left;
          const pair = b < 0 ? -1 : pairOf[a * right + b]!;
          if (pair < 0) continue;
          tiedAt[pair] = bar;
          tiedPairs[tied] = pair;
          tiedLeft[tied] = a;
          tiedRight[tied++] = b + left;
        }
      }
      from = to;
    }
  }

  return {
    events,
    get count() {
      return count;
    },
    begin(values, stride, at) {
      tiedAt.fill(-1);
      bar = 0;
      tied = 0;
      for (let s = 0; s < all; s++) {
        const value = values[s * stride + at]!;
        let k = s;
        for (; k > 0 && keys[k - 1]! > value; k--) {
          keys[k] = keys[k - 1]!;
          order[k] = order[k - 1]!;
        }
        keys[k] = value;
        order[k] = s;
      }
      findTies();
    },
    run(values, stride, from, to) {
      // What a closure shares is read and written in memory: the loops go over names of their own.
      const [inOrder, keyOf, numberOf, into, tiedBar] = [order, keys, pairOf, events, tiedAt];
      const [lefts, rights, series, most] = [left, right, all, limit];
      let found = 0;
      let column = from;
      for (; column < to && found <= most; column++) {
        bar++;
        const mark = (column - from) << 1;
        const wasTied = tied;
        for (let t = 0; t < wasTied; t++) {
          const a = values[tiedLeft[t]! * stride + column]!;
          const b = values[tiedRight[t]! * stride + column]!;
          if (a !== b) into[found++] = (tiedPairs[t]! << (COLUMN_BITS + 1)) | mark | Number(a > b);
        }
        tied = 0;
        const lastBar = wasTied > 0 ? bar - 1 : -2; // no pair was equal at bar −2
        let equal = 0;
        let before = values[inOrder[0]! * stride + column]!;
        keyOf[0] = before;
        for (let p = 1; p < series; p++) {
          const s = inOrder[p]!;
          const value = values[s * stride + column]!;
          if (value >= before) {
            equal |= Number(value === before);
            keyOf[p] = value;
            before = value;
            continue;
          }
          // `s` goes down past every larger one: each of them is a crossing, if it is of the other kind
          const isLeft = s < lefts;
          const mine = isLeft ? s * rights - lefts : s - lefts;
          let k = p;
          do {
            const other = inOrder[k - 1]!;
            keyOf[k] = keyOf[k - 1]!;
            inOrder[k] = other;
            k--;
            if (isLeft === other < lefts) continue;
            const pair = numberOf[isLeft ? mine + other : other * rights + mine]!;
            if (pair < 0 || tiedBar[pair] === lastBar) continue;
            into[found++] = (pair << (COLUMN_BITS + 1)) | mark | Number(!isLeft);
          } while (k > 0 && keyOf[k - 1]! > value);
          keyOf[k] = value;
          inOrder[k] = s;
          equal |= k > 0 ? Number(keyOf[k - 1] === value) : 0;
        }
        if (equal !== 0) findTies();
      }
      count = found;
      return column;
    },
  };
}
