import { isMissing, isNumber } from './numbers.ts';
import { bestOf } from './order.ts';
import { makeTimeReading, readTime } from './times.ts';

/** How a text is cut into rows and cells. */
export interface Dialect {
  readonly delimiter: string; // one character; ' ' stands for any run of blanks
  readonly quotes: 'none' | 'regular' | 'broken'; // broken: quotes open that nothing closes; they are taken for ordinary characters
  readonly skip: number; // lines at the start that only say how the text is cut
}

const DELIMITERS = [',', '\t', ';', '|', ' '] as const;
const SAMPLE = 400; // lines

/** Cuts one line; quotes are only minded where a cell starts with one. */
export function cutLine(line: string, delimiter: string): string[] {
  if (delimiter === ' ') return line.trim().split(/[ \t]+/);
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const end = line.indexOf('"', from);
        if (end < 0) {
          cell += line.slice(from);
          from = line.length;
          break;
        }
        cell += line.slice(from, end);
        from = end + 1;
        if (line[from] !== '"') break;
        cell += '"';
        from++;
      }
      const next = line.indexOf(delimiter, from);
      cells.push(cell + line.slice(from, next < 0 ? line.length : next));
      at = next < 0 ? line.length + 1 : next + 1;
    } else {
      const next = line.indexOf(delimiter, at);
      cells.push(line.slice(at, next < 0 ? line.length : next));
      at = next < 0 ? line.length + 1 : next + 1;
    }
  }
  return cells;
}

/**
 * Finds how a text is cut, from lines of its whole length: the separator that gives most rows the same number of cells, with
 * numbers and times in them.
 * @param text the whole text; of a long one the lines looked at are spread over it
 */
export function findDialect(text: string): Dialect {
  const hint = /^[\ufeff"]*sep=(.)"?\r?\n/i.exec(text.slice(0, 16));
  const lines = sampleLines(text);
  const quotes = quotesOf(text);
  if (hint !== null) return { delimiter: hint[1]!, quotes, skip: 1 };
  let best: string = ',';
  let most = -1;
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(lines, delimiter);
    if (score > most * 1.02) {
      most = score;
      best = delimiter;
    }
  }
  return { delimiter: best, quotes, skip: 0 };
}

function sampleLines(text: string): string[] {
  const lines: string[] = [];
  const take = (from: number, count: number): void => {
    let at = from;
    for (let i = 0; i < count && at < text.length; i++) {
      let end = text.indexOf('\n', at);
      if (end < 0) end = text.length;
      const line = text.slice(at, Math.min(end, at + 4000)).replace(/\r$/, '');
      if (line.trim() !== '') lines.push(line);
      at = end + 1;
    }
  };
  if (text.length < 200_000) {
    take(0, SAMPLE);
    return lines;
  }
  take(0, SAMPLE / 2);
  for (let part = 1; part <= 10; part++) {
    const start = text.indexOf('\n', Math.floor((text.length * part) / 11));
    if (start >= 0) take(start + 1, SAMPLE / 20);
  }
  return lines;
}

/** How alike the rows are, times how much of them are numbers and times. A price bar has a handful of cells. */
function scoreOf(lines: readonly string[], delimiter: string): number {
  const rows = lines.map((line) => cutLine(line, delimiter));
  const counts = new Map<number, number>();
  for (const cells of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  counts.delete(1);
  const usual = bestOf([...counts], ([, count]) => count);
  if (usual === undefined) return 0;
  const [width, often] = usual;
  const shape = often / rows.length;
  const valued = valuedShare(rows.filter((cells) => cells.length === width));
  return shape * (0.1 + valued) * Math.min(3, 1 + width / 8) * (delimiter === ' ' ? 0.8 : 1);
}

/** Share of the filled cells that are numbers or times, in some of the rows. */
function valuedShare(rows: readonly (readonly string[])[]): number {
  const reading = makeTimeReading();
  let filled = 0;
  let valued = 0;
  const step = Math.max(1, Math.floor(rows.length / 60));
  for (let i = 0; i < rows.length; i += step) {
    for (const cell of rows[i]!.slice(0, 20)) {
      if (isMissing(cell)) continue;
      filled++;
      readTime(cell, reading);
      if (reading.kind !== 'none' || isNumber(cell)) valued++;
    }
  }
  return filled === 0 ? 0 : valued / filled;
}

const ENDS_CELL: ReadonlySet<string> = new Set([',', ';', '\t', '|', '\r', '\n', ' ', '\ufeff']);
const LOOKED_AT = 500_000; // characters

/** Whether quotes are used, and whether those that open are closed where a cell ends. */
function quotesOf(text: string): Dialect['quotes'] {
  const first = text.indexOf('"');
  if (first < 0) return 'none';
  let opened = 0;
  let stray = 0; // quotes inside a quoted cell that neither end it nor are doubled
  let inside = false;
  const end = Math.min(text.length, first + LOOKED_AT);
  for (let at = first; at >= 0 && at < end; at = text.indexOf('"', at + 1)) {
    if (!inside) {
      inside = endsCell(text[at - 1]);
      if (inside) opened++;
    } else if (text[at + 1] === '"') at++;
    else if (endsCell(text[at + 1])) inside = false;
    else stray++;
  }
  return stray > opened / 20 || (inside && end === text.length) ? 'broken' : 'regular';
}

/** @param character beside a quote; undefined at an end of the text */
function endsCell(character: string | undefined): boolean {
  return character === undefined || ENDS_CELL.has(character);
}
