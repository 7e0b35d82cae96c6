import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { answerTo, type Answers, type Question } from './answers.ts';
import type { Intake } from './intake.ts';
import type { Layout } from './layout.ts';
import { isRolled, splitSymbols } from './series.ts';

/** The rows of one market; null: all rows of the file. */
export interface Picked {
  readonly symbol: string;
  readonly rows: Uint32Array | null;
}

export interface Chosen {
  readonly picked: readonly Picked[]; // at least one
  readonly symbols: readonly string[]; // all markets of the file
  readonly question: Question | null;
}

/**
 * Which markets of the file are wanted; all of them while nobody has said so.
 * @param symbol that the file names outside its rows, '' where it names none
 */
export function chooseSymbols(intake: Intake, layout: Layout, answers: Answers, symbol: string): Outcome<Chosen> {
  const { store, symbols } = intake;
  const told = answerTo(answers, 'symbol');
  if (layout.wide.length > 1) return ofColumns(layout, told);
  if (symbols.length > 1 && store.count < 2 * symbols.length) return failed(noMarkets(store.count, symbols.length));
  if (symbols.length < 2 || isRolled(store, symbols)) {
    const own = symbols.at(-1) ?? (layout.symbol || symbol);
    return ok({
      picked: [{ symbol: own, rows: null }],
      symbols: [...new Set([...symbols, own])].filter((name) => name !== ''),
      question: null,
    });
  }
  const rows = splitSymbols(store, symbols);
  const wanted = told === null ? symbols : symbols.includes(told) ? [told] : told.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !symbols.includes(name));
  if (unknown !== undefined) return failed(unknownSymbol(unknown, symbols));
  return ok({
    picked: wanted.map((name) => ({ symbol: name, rows: rows[symbols.indexOf(name)]! })).filter((one) => one.rows.length > 0),
    symbols: [...symbols],
    question: told === null ? askSymbol(symbols) : null,
  });
}

/** A list of goods with a date and a price looks like a file of many markets, but for this. */
function noMarkets(rows: number, names: number): Fault {
  const message = `Its ${rows} rows name ${names} markets, which is fewer than two bars for each.`;
  return fault('too_few_bars', message, 'Choose another column for the symbol, or none.');
}

/** A table with a column for each market: its layout has chosen one already. */
function ofColumns({ wide, symbol }: Layout, told: string | null): Outcome<Chosen> {
  const names = wide.map((one) => one.symbol);
  if (told !== null && !names.includes(told)) return failed(unknownSymbol(told, names));
  return ok({ picked: [{ symbol, rows: null }], symbols: names, question: told === null ? askSymbol(names) : null });
}

/** Data rows that belong to what is shown: all of them, or those of the markets chosen. */
export function countRows(rows: number, { picked, question }: Chosen): number {
  if (question !== null || picked.some((one) => one.rows === null)) return rows;
  return picked.reduce((sum, one) => sum + (one.rows?.length ?? 0), 0);
}

function askSymbol(symbols: readonly string[]): Question {
  return {
    key: 'symbol',
    text: `The file holds ${symbols.length} markets: which one is the study about?`,
    readings: symbols.map((symbol) => ({ value: symbol, text: symbol === '' ? 'rows without a name' : symbol })),
    preselected: symbols[0]!,
    line: 0,
  };
}

function unknownSymbol(told: string, symbols: readonly string[]) {
  return fault('unknown_symbol', `The file has no market "${told}".`, `It holds ${symbols.slice(0, 20).join(', ')}.`);
}
