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
      count = 0;
      let column = from;
      for (; column < to && count <= limit; column++) {
        bar++;
        const mark = (column - from) << 1;
        const wasTied = tied;
        for (let t = 0; t < wasTied; t++) {
          const a = values[tiedLeft[t]! * stride + column]!;
          const b = values[tiedRight[t]! * stride + column]!;
          if (a !== b) events[count++] = (tiedPairs[t]! << (COLUMN_BITS + 1)) | mark | Number(a > b);
        }
        tied = 0;
        let equal = 0;
        let before = values[order[0]! * stride + column]!;
        keys[0] = before;
        for (let p = 1; p < all; p++) {
          const s = order[p]!;
          const value = values[s * stride + column]!;
          if (value >= before) {
            equal |= Number(value === before);
            keys[p] = value;
            before = value;
            continue;
          }
          // `s` goes down past every larger one: each of them is a crossing, if it is of the other kind
          let k = p;
          do {
            const other = order[k - 1]!;
            keys[k] = keys[k - 1]!;
            order[k] = other;
            k--;
            const pair =
              s < left
                ? other < left
                  ? -1
                  : pairOf[s * right + other - left]!
                : other < left
                  ? pairOf[other * right + s - left]!
                  : -1;
            if (pair < 0 || (wasTied > 0 && tiedAt[pair] === bar - 1)) continue;
            events[count++] = (pair << (COLUMN_BITS + 1)) | mark | Number(s >= left);
          } while (k > 0 && keys[k - 1]! > value);
          keys[k] = value;
          order[k] = s;
          equal |= k > 0 ? Number(keys[k - 1] === value) : 0;
        }
        if (equal !== 0) findTies();
      }
      return column;
    },
  };
}
