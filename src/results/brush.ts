import { bitCount } from '../core/bits.ts';
import { COMPLETE, PENDING } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { createValueIndex, type Ends, type ValueIndex } from './value-index.ts';

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
  /**
   * Begins a test that is put to the rows so far elsewhere. Rows that arrive are taken from now on; `set` with the same test takes
   * it over once the answer was given. The last one begun counts.
   *
   * @returns what takes the answer, `testedRows` of all rows so far
   */
  expect(test: RowTest): (words: Uint32Array) => void;
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
  readonly ends: Ends | null; // of an interval
  fill(from: number, to: number): void;
}

const MOST_INDICES = 4; // four bytes per row each

export function createBrush(rows: Rows): Brush {
  const size = (rows.rowCount + 31) >> 5;
  let parts = new Map<string, Part>();
  let made: RowMask | null = null;
  let until = 0; // rows [0, until) may be finished

  let coming: { readonly key: string; readonly part: Part; given: boolean } | null = null;

  const indices = new Map<string, ValueIndex>(); // by what a condition is over; while no row arrives

  /** The part of a condition over the same thing, moved to other ends; null where that is no gain. */
  function moved(before: Part | undefined, key: string, condition: Condition): Part | null {
    if (before === undefined || before.ends === null || until === 0) return null;
    let index = indices.get(key);
    if (index === undefined) {
      if (indices.size >= MOST_INDICES) indices.clear();
      const onAxis = condition.kind === 'axis';
      const holds = (row: number): boolean => (onAxis ? rows.states[row] !== PENDING : rows.states[row] === COMPLETE);
      index = createValueIndex(valuesOf(rows, condition), until, holds);
      indices.set(key, index);
    }
    if (!index.move(before.words, before.ends, condition)) return null;
    return { words: before.words, ends: condition, fill: intervalFill(rows, condition, before.words) };
  }

  function set(conditions: readonly Condition[], test: RowTest | null = null): void {
    const before = parts;
    parts = new Map();
    for (const condition of conditions) {
      const key = conditionKey(condition);
      const kept = before.get(key);
      if (kept?.ends?.low === condition.low && kept.ends.high === condition.high) parts.set(key, kept);
      else parts.set(key, moved(kept, key, condition) ?? filled(condition, (words) => intervalFill(rows, condition, words)));
    }
    if (test !== null) parts.set(testKey(test), before.get(testKey(test)) ?? tested(test));
    made = null;
  }

  /** The part of a test: as it was begun, where its answer is there. */
  function tested(test: RowTest): Part {
    const begun = coming?.key === testKey(test) ? coming : null;
    if (begun !== null) coming = null;
    return begun?.given === true ? begun.part : filled(null, (words) => testFill(rows, test, words));
  }

  function expect(test: RowTest): (words: Uint32Array) => void {
    const words = new Uint32Array(size);
    const begun = { key: testKey(test), part: { words, ends: null, fill: testFill(rows, test, words) }, given: false };
    coming = begun;
    return (answer) => {
      // What arrived meanwhile is there already; the answer may or may not have seen it.
      for (let w = 0; w < size; w++) words[w]! |= answer[w]!;
      begun.given = true;
    };
  }

  function filled(ends: Ends | null, meets: (words: Uint32Array) => Part['fill']): Part {
    const words = new Uint32Array(size);
    const part = { words, ends, fill: meets(words) };
    part.fill(0, until);
    return part;
  }

  function update(from: number, to: number): void {
    if (to > until) until = to;
    for (const part of parts.values()) part.fill(from, to);
    coming?.part.fill(from, to);
    indices.clear();
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

  return { set, expect, update, mask };
}

function valuesOf(rows: Rows, condition: Condition): ArrayLike<number> {
  return condition.kind === 'axis' ? rows.positions[condition.axis]! : rows.columns[condition.column]!;
}

function intervalFill(rows: Rows, condition: Condition, words: Uint32Array): Part['fill'] {
  const { states } = rows;
  const { low, high } = condition;
  const onAxis = condition.kind === 'axis';
  const values = valuesOf(rows, condition);
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

const testKey = ({ key }: RowTest): string => `test ${key}`;

/** Finished rows of [0, count) that pass a test, as a set of bits. */
export function testedRows(rows: Rows, count: number, test: RowTest): Uint32Array {
  const words = new Uint32Array((rows.rowCount + 31) >> 5);
  testFill(rows, test, words)(0, count);
  return words;
}

function testFill(rows: Rows, test: RowTest, words: Uint32Array): Part['fill'] {
  return (from, to) => {
    for (let row = from; row < to; row++) {
      if (rows.states[row] !== PENDING && test.test(row)) words[row >> 5]! |= 1 << (row & 31);
      else words[row >> 5]! &= ~(1 << (row & 31));
    }
  };
}
