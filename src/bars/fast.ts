import { makePlainNumber, readPlainClock, readPlainNumber, readPlainTime } from './fast-cells.ts';
import { storeRow, type Intake } from './intake.ts';
import type { Layout } from './layout.ts';
import type { MarkProof } from './numbers.ts';

/** Reads lines of plain tables from bytes into an intake. */
export interface PlainLines {
  /**
   * Reads the lines that end before `to`.
   * @param from start of a line
   * @param odd called with each line that is not plain, and its number
   * @returns where the next line starts
   */
  read(bytes: Uint8Array, from: number, to: number, odd: (line: number, from: number, to: number) => void): number;
  readonly line: number; // number of the next line
}

/** Roles of columns as small numbers, by column; columns without one are only passed over. */
const NONE = 0;
const TIME = 1;
const CLOCK = 2;
const PRICE = 3; // open, high, low, close: 3 … 6
const VOLUME = 7;

/** Whether a layout is one that plain lines can be read by: no column of words is needed, and the point is the decimal mark. */
export function isPlainLayout({ roles, serial }: Layout, { marks }: Intake): boolean {
  return roles.symbol < 0 && roles.adjusted < 0 && !serial && marks.price === '.' && marks.volume === '.';
}

export function createPlainLines(intake: Intake, layout: Layout, delimiter: number, firstLine: number): PlainLines {
  const { roles, width, shape } = layout;
  const kinds = new Uint8Array(width);
  kinds[roles.time] = TIME;
  if (roles.clock >= 0) kinds[roles.clock] = CLOCK;
  if (shape === 'bars') {
    kinds[roles.open] = PRICE;
    kinds[roles.high] = PRICE + 1;
    kinds[roles.low] = PRICE + 2;
  }
  kinds[roles.close] = PRICE + 3;
  if (roles.volume >= 0) kinds[roles.volume] = VOLUME;
  // A clock is added to the date: its column has to stand behind it.
  const ordered = roles.clock < 0 || roles.clock > roles.time;
  const number = makePlainNumber();
  const values = new Float64Array(VOLUME + 1);
  const { reading, proofs } = intake;
  let line = firstLine;

  /** Reads one cell. @returns whether it is plain */
  function readCell(bytes: Uint8Array, from: number, to: number, kind: number): boolean {
    if (kind === TIME) return readPlainTime(bytes, from, to, reading);
    if (kind === CLOCK) return !reading.clock && readPlainClock(bytes, from, to, reading);
    if (!readPlainNumber(bytes, from, to, number)) return false;
    if (number.decimals >= 0) notePoint(kind === VOLUME ? proofs.volume : proofs.price);
    values[kind] = number.value;
    return kind !== VOLUME || number.value >= 0;
  }

  function notePoint(proof: MarkProof): void {
    if (number.decimals === 3 && number.whole <= 3 && !number.zero) proof.lonePoint++;
    else proof.point++;
  }

  /** Reads the cells of one line into `values` and the intake's reading. @returns whether all of them are plain */
  function readLine(bytes: Uint8Array, from: number, to: number): boolean {
    let column = 0;
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && bytes[at] !== delimiter) continue;
      if (column === width) return false;
      const kind = kinds[column]!;
      if (kind !== NONE) {
        while (bytes[start] === 0x20) start++;
        if (!readCell(bytes, start, at, kind)) return false;
      }
      column++;
      start = at + 1;
    }
    return column === width;
  }

  return {
    get line() {
      return line;
    },
    read(bytes, from, to, odd) {
      let start = from;
      for (;;) {
        const feed = bytes.indexOf(10, start);
        if (feed < 0 || feed >= to) return start;
        const end = feed > start && bytes[feed - 1] === 13 ? feed - 1 : feed;
        if (ordered && readLine(bytes, start, end)) {
          const close = values[PRICE + 3]!;
          const bars = shape === 'bars';
          storeRow(
            intake,
            line,
            bars ? values[PRICE]! : close,
            bars ? values[PRICE + 1]! : close,
            bars ? values[PRICE + 2]! : close,
            close,
            roles.volume >= 0 ? values[VOLUME]! : 0,
          );
        } else odd(line, start, end);
        line++;
        start = feed + 1;
      }
    },
  };
}
