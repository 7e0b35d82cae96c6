import type { Rows } from '../metrics/rows.ts';
import {
  createBrush,
  withCondition,
  withoutCondition,
  type Brush,
  type Condition,
  type RowMask,
  type RowTest,
} from '../results/brush.ts';

/** The selected trial is A; these are the letters of pinned ones, in the order of their colours. */
export const PIN_LETTERS = ['B', 'C', 'D', 'E', 'F'] as const;
export type PinLetter = (typeof PIN_LETTERS)[number];

export interface Pin {
  readonly letter: PinLetter;
  readonly row: number;
}

/**
 * The one selection that every picture reads: which row is pointed at, which is selected, which are pinned, and which rows are
 * brushed. Rows are row numbers of the last run.
 */
export class Selection {
  #selected = $state<number | null>(null);
  #hovered = $state<number | null>(null);
  #pins = $state.raw<readonly Pin[]>([]);
  #conditions = $state.raw<readonly Condition[]>([]);
  #test = $state.raw<RowTest | null>(null);
  #mask = $state.raw<RowMask | null>(null);
  #brush: Brush | null = null;

  get selected(): number | null {
    return this.#selected;
  }
  set selected(row: number | null) {
    this.#selected = row;
  }

  /** The row that some picture is pointed at. */
  get hovered(): number | null {
    return this.#hovered;
  }
  set hovered(row: number | null) {
    this.#hovered = row;
  }

  /** In the order of their letters. */
  get pins(): readonly Pin[] {
    return this.#pins;
  }

  get conditions(): readonly Condition[] {
    return this.#conditions;
  }

  /** A further test beside the conditions: the table's filter. */
  get test(): RowTest | null {
    return this.#test;
  }

  /** Rows that meet every condition and the filter; null while there is neither. A new object after every change. */
  get mask(): RowMask | null {
    return this.#mask;
  }

  /** Another study's rows: nothing of the old ones is meant any more. */
  begin(rows: Rows | null): void {
    this.#selected = null;
    this.#hovered = null;
    this.#pins = [];
    this.#conditions = [];
    this.#test = null;
    this.#mask = null;
    this.#brush = rows === null ? null : createBrush(rows);
  }

  /** Finished rows [from, to) arrived. `publish` once after the last range. */
  update(from: number, to: number): void {
    this.#brush?.update(from, to);
  }

  publish(): void {
    this.#mask = this.#brush?.mask() ?? null;
  }

  /** Sets or replaces the condition over one axis or metric. */
  brush(condition: Condition): void {
    this.#set(withCondition(this.#conditions, condition), this.#test);
  }

  /** Takes one condition away, by its key. */
  unbrush(key: string): void {
    this.#set(withoutCondition(this.#conditions, key), this.#test);
  }

  replace(conditions: readonly Condition[], test: RowTest | null = this.#test): void {
    this.#set(conditions, test);
  }

  filter(test: RowTest | null): void {
    this.#set(this.#conditions, test);
  }

  /** A filter whose rows so far are looked for elsewhere, see `Brush.expect`; `filter` then sets it. */
  expect(test: RowTest): ((words: Uint32Array) => void) | undefined {
    return this.#brush?.expect(test);
  }

  /** The letter under which a row is pinned, or null. */
  letterOf(row: number): PinLetter | null {
    return this.#pins.find((pin) => pin.row === row)?.letter ?? null;
  }

  /**
   * Pins a row under the first free letter, or takes its pin away.
   * @returns whether that could be done: there are only five letters
   */
  togglePin(row: number): boolean {
    if (this.letterOf(row) !== null) {
      this.#pins = this.#pins.filter((pin) => pin.row !== row);
      return true;
    }
    const letter = PIN_LETTERS.find((one) => this.#pins.every((pin) => pin.letter !== one));
    if (letter === undefined) return false;
    this.#pins = [...this.#pins, { letter, row }].sort((a, b) => (a.letter < b.letter ? -1 : 1));
    return true;
  }

  setPins(pins: readonly Pin[]): void {
    this.#pins = pins;
  }

  #set(conditions: readonly Condition[], test: RowTest | null): void {
    this.#conditions = conditions;
    this.#test = test;
    this.#brush?.set(conditions, test);
    this.publish();
  }
}
