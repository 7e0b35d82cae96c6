import { COMPLETE, PENDING } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';

/** Rows of the study as a set of bits: row r is bit r & 31 of word r >> 5. */
export interface RowMask {
  readonly words: Uint32Array;
  readonly count: number; // rows in the set
}

/** What a row must satisfy; both ends are included. A metric's condition is never met by a row without that value. */
export type Condition =
  | { readonly kind: 'axis'; readonly axis: number; readonly low: number; readonly high: number } // positions
  | { readonly kind: 'metric'; readonly column: number; readonly low: number; readonly high: number };

/** Anything else that picks rows, an expression say. Asked about finished rows only. */
export interface RowTest {
  readonly key: string; // equal keys pick equal rows
  test(row: number): boolean;
}

/** Which rows meet every condition, kept while rows arrive. A condition that stays is not looked at again. */
export interface Brush {
  set(conditions: readonly Condition[], test?: RowTest | null): void;
  /** Finished rows [from, to) arrived. */
  update(from: number, to: number): void;
  /** The rows that meet all conditions; a new object after every change; null without conditions: nothing is brushed. */
  mask(): RowMask | null;
}

export function has(mask: RowMask, row: number): boolean {
  return (mask.words[row >> 5]! & (1 << (row & 31))) !== 0;
}

/** One condition per axis or metric: the key that it is replaced under. */
export function conditionKey(condition: Condition): string {
  return condition.kind === 'axis' ? `axis ${condition.axis}` : `metric ${condition.column}`;
}

/** The conditions with this one in the place of the one over the same axis or metric. */
export function withCondition(all: readonly Condition[], one: Condition): Condition[] {
  const key = conditionKey(one);
  return [...all.filter((other) => conditionKey(other) !== key), one];
}

/** The conditions without the one over that axis or metric. */
export function withoutCondition(all: readonly Condition[], key: string): Condition[] {
  return all.filter((other) => conditionKey(other) !== key);
}

interface Part {
  readonly words: Uint32Array;
  fill(from: number, to: number): void;
}

export function createBrush(rows: Rows): Brush {
  const size = (rows.rowCount + 31) >> 5;
  let parts = new Map<string, Part>();
  let made: RowMask | null = null;
  let until = 0; // rows [0, until) may be finished

  function partOf(key: string, before: ReadonlyMap<string, Part>, meets: (words: Uint32Array) => Part['fill']): Part {
    const kept = before.get(key);
    if (kept !== undefined) return kept;
    const words = new Uint32Array(size);
    const part = { words, fill: meets(words) };
    part.fill(0, until);
    return part;
  }

  function set(conditions: readonly Condition[], test: RowTest | null = null): void {
    const before = parts;
    parts = new Map();
    for (const condition of conditions) {
      const key = `${conditionKey(condition)} ${condition.low} ${condition.high}`;
      parts.set(
        key,
        partOf(key, before, (words) => intervalFill(rows, condition, words)),
      );
    }
    if (test !== null)
      parts.set(
        `test ${test.key}`,
        partOf(`test ${test.key}`, before, (words) => testFill(rows, test, words)),
      );
    made = null;
  }

  function update(from: number, to: number): void {
    if (to > until) until = to;
    for (const part of parts.values()) part.fill(from, to);
    made = null;
  }

  function mask(): RowMask | null {
    if (parts.size === 0) return null;
    if (made !== null) return made;
    const [first, ...more] = [...parts.values()];
    const words = first!.words.slice();
    for (const { words: other } of more) for (let w = 0; w < size; w++) words[w]! &= other[w]!;
    made = { words, count: bitCount(words) };
    return made;
  }

  return { set, update, mask };
}

function intervalFill(rows: Rows, condition: Condition, words: Uint32Array): Part['fill'] {
  const { states } = rows;
  const { low, high } = condition;
  const onAxis = condition.kind === 'axis';
  const values = onAxis ? rows.positions[condition.axis]! : rows.columns[condition.column]!;
  return (from, to) => {
    // A word at a time; the rows of its first and last word outside [from, to) are looked at again, which changes nothing.
    for (let w = from >> 5; w << 5 < to; w++) {
      const end = Math.min(to, (w + 1) << 5);
      let bits = words[w]!;
      for (let row = Math.max(from, w << 5); row < end; row++) {
        const value = values[row]!;
        const state = states[row]!;
        const met = value >= low && value <= high && (onAxis ? state !== PENDING : state === COMPLETE);
        if (met) bits |= 1 << (row & 31);
        else bits &= ~(1 << (row & 31));
      }
      words[w] = bits;
    }
  };
}

function testFill(rows: Rows, test: RowTest, words: Uint32Array): Part['fill'] {
  return (from, to) => {
    for (let row = from; row < to; row++) {
      if (rows.states[row] !== PENDING && test.test(row)) words[row >> 5]! |= 1 << (row & 31);
      else words[row >> 5]! &= ~(1 << (row & 31));
    }
  };
}

/** Set bits of all words. */
export function bitCount(words: Uint32Array): number {
  let count = 0;
  for (let word of words) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}
