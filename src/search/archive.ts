import type { Rows } from '../metrics/rows.ts';

const FIRST_ROWS = 1024;

/**
 * Every trial that was asked, in the order of rows, found again by its positions; and the scores of those that are told.
 * A trial that ran over a part of the bars only (a market number above 0) is another entry than the same one in full.
 */
export class Archive {
  readonly axes: number;
  readonly objectives: number;
  count = 0;
  #positions: Int32Array;
  #markets: Uint8Array;
  #scores: Float64Array;
  #table = new Int32Array(FIRST_ROWS * 2); // entry + 1 by hash, 0 where free

  /** @param objectives scores per trial */
  constructor(axes: number, objectives = 1) {
    this.axes = axes;
    this.objectives = objectives;
    this.#positions = new Int32Array(FIRST_ROWS * axes);
    this.#markets = new Uint8Array(FIRST_ROWS);
    this.#scores = new Float64Array(FIRST_ROWS * objectives);
  }

  position(entry: number, axis: number): number {
    return this.#positions[entry * this.axes + axis]!;
  }

  read(entry: number, out: { [axis: number]: number }): void {
    const from = entry * this.axes;
    for (let a = 0; a < this.axes; a++) out[a] = this.#positions[from + a]!;
  }

  market(entry: number): number {
    return this.#markets[entry]!;
  }

  /** Larger is better; NaN until told. */
  score(entry: number, objective = 0): number {
    return this.#scores[entry * this.objectives + objective]!;
  }

  setScore(entry: number, objective: number, score: number): void {
    this.#scores[entry * this.objectives + objective] = score;
  }

  /** The entry of a trial, −1 where it was not asked. */
  find(positions: ArrayLike<number>, market = 0): number {
    const mask = this.#table.length - 1;
    for (let slot = this.#hash(positions, 0, market) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#table[slot]! - 1;
      if (entry < 0 || (this.#markets[entry] === market && this.#equals(entry, positions))) return entry;
    }
  }

  /** Adds a trial that `find` does not know. */
  add(positions: ArrayLike<number>, market = 0): number {
    if (this.count === this.#markets.length) this.#grow();
    const entry = this.count++;
    for (let a = 0; a < this.axes; a++) this.#positions[entry * this.axes + a] = positions[a]!;
    this.#markets[entry] = market;
    this.#scores.fill(NaN, entry * this.objectives, (entry + 1) * this.objectives);
    this.#place(entry);
    return entry;
  }

  /** Forgets the entries from `count` on. */
  truncate(count: number): void {
    if (count >= this.count) return;
    this.count = count;
    this.#rehash(this.#table.length);
  }

  /** Writes entries [from, to) into rows, entry `from` into row `at`. */
  write(rows: Rows, from: number, to: number, at = from): void {
    const by = at - from;
    for (let a = 0; a < this.axes; a++) {
      const column = rows.positions[a]!;
      for (let entry = from; entry < to; entry++) column[entry + by] = this.#positions[entry * this.axes + a]!;
    }
    for (let entry = from; entry < to; entry++) rows.markets[entry + by] = this.#markets[entry]!;
  }

  #equals(entry: number, positions: ArrayLike<number>): boolean {
    const from = entry * this.axes;
    for (let a = 0; a < this.axes; a++) if (this.#positions[from + a] !== positions[a]) return false;
    return true;
  }

  /** @param from where the trial begins */
  #hash(positions: ArrayLike<number>, from: number, market: number): number {
    let hash = market + 0x9e3779b9;
    for (let a = 0; a < this.axes; a++) {
      hash = Math.imul(hash ^ positions[from + a]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }

  #place(entry: number): void {
    const mask = this.#table.length - 1;
    let slot = this.#hash(this.#positions, entry * this.axes, this.#markets[entry]!) & mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = entry + 1;
  }

  #grow(): void {
    const rows = this.#markets.length * 2;
    const positions = new Int32Array(rows * this.axes);
    positions.set(this.#positions);
    const markets = new Uint8Array(rows);
    markets.set(this.#markets);
    const scores = new Float64Array(rows * this.objectives);
    scores.set(this.#scores);
    this.#positions = positions;
    this.#markets = markets;
    this.#scores = scores;
    this.#rehash(rows * 2);
  }

  #rehash(slots: number): void {
    this.#table = new Int32Array(slots);
    for (let entry = 0; entry < this.count; entry++) this.#place(entry);
  }
}
