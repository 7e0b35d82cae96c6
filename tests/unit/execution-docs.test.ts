import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Trade } from '../../src/metrics/report.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import {
  barsOf,
  codeOf,
  engineOf,
  executionOf,
  FROM_FIRST_BAR,
  isClose,
  rowOf,
  valueOf,
  type PartialExecution,
} from '../support/kernel.ts';

/** The examples of docs/execution.md are played. UPDATE_DOCS=1 writes what they give: look at every difference. */
const FILE = new URL('../../docs/execution.md', import.meta.url);
const BLOCK = /```bars\n([^]*?)```/g;

/** The letters of an example as conditions of a text; they are bits of the volume. */
const LETTERS = ['enter long', 'exit long', 'enter short', 'exit short'];
const RULES = LETTERS.map((rule, k) => `${rule} when floor(volume / ${2 ** k}) - 2 * floor(volume / ${2 ** (k + 1)}) > 0.5`);

interface Example {
  readonly lines: readonly string[]; // `set` and `strategy`
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[]; // without the equity
}

function read(block: string): Example {
  const lines = block.trim().split('\n');
  const head = lines.findIndex((line) => line.startsWith('open '));
  const columns = lines[head]!.split(/\s+/).filter((name) => name !== 'equity');
  const prices = columns.filter((name) => name !== 'signals').length;
  const rows = lines.slice(head + 1).filter((line) => /^\d/.test(line));
  return {
    lines: lines.slice(0, head),
    columns,
    rows: rows.map((line) => {
      const cells = line.trim().split(/\s+/);
      const letters = /^[LlSs]+$/.test(cells[prices] ?? '') ? cells[prices]! : '';
      return columns.includes('signals') ? [...cells.slice(0, prices), letters] : cells.slice(0, prices);
    }),
  };
}

function play({ lines, columns, rows }: Example) {
  const said = (word: string): string[] =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const cell = (row: readonly string[], name: string): string | undefined => row[columns.indexOf(name)];
  const number = (row: readonly string[], name: string): object => {
    const text = cell(row, name);
    return text === undefined ? {} : { [name]: Number(text) };
  };
  const bars = barsOf(
    rows.map((row) => ({
      open: Number(cell(row, 'open')),
      close: Number(cell(row, 'close')),
      ...number(row, 'high'),
      ...number(row, 'low'),
      volume: codeOf(cell(row, 'signals') ?? ''),
    })),
  );
  const own = said('strategy').flatMap((line) => line.split(';').map((part) => part.trim()));
  const rules = columns.includes('signals') ? RULES : [];
  const plan = valueOf(compileStrategy([...rules, ...own].join('\n')));
  const execution = executionOf(JSON.parse(said('set').join('') || '{}') as PartialExecution);
  const detail = valueOf(engineOf({ plan, bars: bars.buffer, execution, scoring: FROM_FIRST_BAR }).detail([], []));
  return { report: detail.report, row: rowOf(detail) };
}

const rounded = (value: number): string => String(Number(value.toFixed(2)));

function sentence({ side, entryBar, entryPrice, exitBar, exitPrice, reason, pnl, open, ambiguous }: Trade): string {
  const end = open ? `open at the end, ${rounded(exitPrice)}` : `bar ${exitBar} at ${rounded(exitPrice)}: ${reason}`;
  return `${side}, bar ${entryBar} at ${rounded(entryPrice)}, ${end}${ambiguous ? ', ambiguous' : ''}, ${rounded(pnl)}`;
}

/** The example with what it gives. */
function written(example: Example): string {
  const { report } = play(example);
  const table = [[...example.columns, 'equity'], ...example.rows.map((row, bar) => [...row, rounded(report.equity[bar]!)])];
  const widths = table[0]!.map((_, k) => Math.max(...table.map((row) => row[k]!.length)));
  const lines = table.map((row) =>
    row
      .map((text, k) => text.padEnd(widths[k]!))
      .join('  ')
      .trimEnd(),
  );
  const trades = report.trades.length === 0 ? ['no trade'] : report.trades.map(sentence);
  return `${[...example.lines, ...lines, ...trades].join('\n')}\n`;
}

const page = readFileSync(FILE, 'utf8');

test('every example of docs/execution.md gives what stands there', () => {
  const played = page.replace(BLOCK, (_, block: string) => `\`\`\`bars\n${written(read(block))}\`\`\``);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(FILE, played);
  expect(readFileSync(FILE, 'utf8')).toBe(played);
});

test('the sweep gives each example the same account', () => {
  const blocks = [...page.matchAll(BLOCK)].map((match) => read(match[1]!));
  expect(blocks.length).toBeGreaterThan(30);
  for (const example of blocks) {
    const { report, row } = play(example);
    expect(example.rows.length).toBe(5);
    expect(row.state).toBe(report.state);
    expect(isClose(row.finalEquity, report.equity.at(-1)!)).toBe(true);
    expect([row.trades, row.ambiguousBars]).toEqual([report.metrics['trades'], report.metrics['ambiguousBars']]);
  }
});

test('every rule of the page has an example or is about all of them', () => {
  const rules = page.split(/^(?=\d+\. \*\*)/m).slice(1);
  const without = rules.filter((rule) => !rule.includes('```bars')).map((rule) => rule.slice(0, 2));
  expect(without).toEqual(['32']); // which bars are scored
});
