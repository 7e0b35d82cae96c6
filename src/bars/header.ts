import { isMissing, isNumber } from './numbers.ts';
import { rolesOfName, withoutSymbol } from './names.ts';
import type { TableRow } from './table.ts';
import { makeTimeReading, readTime } from './times.ts';

/** The rows above the data that name the columns. */
export interface HeaderFound {
  readonly names: readonly string[]; // without a market that all carry
  readonly cells: readonly string[]; // as in the file
  readonly symbols: readonly string[] | null; // of a stack of rows: the market that each column belongs to
  readonly symbol: string; // where the stack names a single one
  readonly rows: readonly number[]; // indices among the rows given
  readonly fields: number; // names that mean a price or a volume
}

const DEEPEST = 4; // rows of a stacked header

/** A row of names: text in most of its cells, and hardly a number or a time. */
function isNames({ cells }: TableRow, width: number): boolean {
  if (cells.length < Math.max(1, 0.5 * width)) return false;
  const reading = makeTimeReading();
  let filled = 0;
  let valued = 0;
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    filled++;
    if (rolesOfName(cell).length > 0) continue;
    readTime(cell, reading);
    if (isNumber(cell) || reading.kind !== 'none') valued++;
  }
  return filled > 0 && valued <= filled / 3;
}

/**
 * Finds the header among the rows above the data: the nearest row of names, or a stack of them as pandas writes it.
 * @param above rows above the first row of data, in order
 * @param width cells of the data's rows
 * @returns null where no row names the columns
 */
export function findHeader(above: readonly TableRow[], width: number): HeaderFound | null {
  const stack: number[] = [];
  for (let i = above.length - 1; i >= 0 && stack.length < DEEPEST; i--) {
    if (!isNames(above[i]!, width)) break;
    stack.unshift(i);
  }
  if (stack.length === 0) return null;
  let best = stack[stack.length - 1]!;
  for (const i of stack.toReversed()) {
    if (knownFields(above[i]!.cells) > knownFields(above[best]!.cells)) best = i;
  }
  const names = above[best]!.cells.map((cell) => cell.trim());
  const others = stack.filter((i) => i !== best).map((i) => above[i]!.cells);
  const symbols = symbolsOf(names, others);
  const used = symbols === null && !others.some(isIndexName) ? [best] : stack;
  const distinct = new Set(symbols?.filter((symbol) => symbol !== ''));
  const plain = withoutSymbol(names);
  return {
    cells: names,
    names: symbols === null ? plain.names : withTimeName(names, others),
    symbols: distinct.size > 0 ? symbols : null,
    symbol: distinct.size === 1 ? [...distinct][0]! : plain.symbol,
    rows: used,
    fields: knownFields(plain.names),
  };
}

const FIELDS: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close', 'volume', 'adjusted']);

function knownFields(cells: readonly string[]): number {
  return cells.filter((cell) => rolesOfName(cell).some(({ role }) => FIELDS.has(role))).length;
}

/** The name of an index on a line of its own: "Date,,,,". */
function isIndexName(cells: readonly string[]): boolean {
  return (
    cells.filter((cell) => cell.trim() !== '').length === 1 &&
    rolesOfName(cells.find((cell) => cell.trim() !== '')!).some(({ role }) => role === 'time')
  );
}

/** The row of a stack that says which market each price column belongs to. */
function symbolsOf(names: readonly string[], others: readonly (readonly string[])[]): string[] | null {
  const fields = names
    .map((name, i) => (rolesOfName(name).some(({ role }) => FIELDS.has(role)) && i > 0 ? i : -1))
    .filter((i) => i >= 0);
  if (fields.length < 1) return null;
  for (const cells of others) {
    if (!fields.every((i) => (cells[i] ?? '').trim() !== '' && rolesOfName(cells[i]!).every(({ role }) => !FIELDS.has(role))))
      continue;
    return names.map((_, i) => (fields.includes(i) ? cells[i]!.trim() : ''));
  }
  return null;
}

/** The first column of a stack is the index: "Price", "Ticker" and "Date" stand above each other there. */
function withTimeName(names: readonly string[], others: readonly (readonly string[])[]): readonly string[] {
  const index = others
    .map((cells) => cells[0]?.trim() ?? '')
    .find((cell) => rolesOfName(cell).some(({ role }) => role === 'time'));
  return names.with(0, index ?? 'Date');
}
