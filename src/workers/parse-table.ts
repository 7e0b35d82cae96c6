import Papa, { type ParseResult } from 'papaparse';
import { cutLine, findDialect, type Dialect } from '../bars/dialect.ts';
import { readRows, type CutRows, type ReadOptions, type ReadTable, type TableRow } from '../bars/read.ts';
import type { Outcome } from '../core/fault.ts';

/** Characters cut into rows at a time; more would only be garbage to collect. */
const BLOCK = 1 << 20;

/** Called with the share of the text read, 0 … 1, and the rows. */
export type RowsRead = (fraction: number, rows: number) => void;

/** Cuts the text of a price file into cells and reads them as bars. */
export function parseTable(
  text: string,
  options: Partial<ReadOptions> = {},
  onProgress: RowsRead = () => undefined,
): Outcome<ReadTable> {
  const whole = withLineFeeds(text);
  const dialect = findDialect(whole);
  const broken = dialect.quotes === 'broken';
  const cut =
    broken || dialect.delimiter === ' ' ? cutByLine(whole, dialect, onProgress) : cutByPapa(whole, dialect, onProgress);
  return readRows(cut, { ...options, delimiter: dialect.delimiter, brokenQuotes: broken });
}

/** Old files of a Macintosh end their lines with a carriage return alone. */
function withLineFeeds(text: string): string {
  const start = text.slice(0, 100_000);
  return start.includes('\n') || !start.includes('\r') ? text : text.replaceAll('\r', '\n');
}

/** Regular dialects are Papa Parse's. */
function cutByPapa(text: string, { delimiter, quotes, skip }: Dialect, onProgress: RowsRead): CutRows {
  return (take) => {
    let line = 1;
    let rows = 0;
    let left = skip;
    Papa.parse<string[]>(text, {
      delimiter,
      skipEmptyLines: false,
      chunkSize: BLOCK,
      complete: () => undefined, // a text is cut before `parse` returns
      chunk({ data, meta }: ParseResult<string[]>) {
        const block: TableRow[] = [];
        for (const cells of data) {
          if (left > 0) left--;
          else block.push({ line, cells });
          line += 1 + (quotes === 'none' ? 0 : innerLines(cells));
        }
        rows += block.length;
        take(block);
        onProgress(text.length > 0 ? Math.min(1, meta.cursor / text.length) : 1, rows);
      },
    });
  };
}

/** Line ends inside quoted cells: the file's line numbers go on behind them. */
function innerLines(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  }
  return count;
}

/** Broken quotes are taken out, and columns may be parted by runs of blanks: one line is one row. */
function cutByLine(text: string, { delimiter, quotes, skip }: Dialect, onProgress: RowsRead): CutRows {
  return (take) => {
    let block: TableRow[] = [];
    let line = 0;
    for (let at = 0; at <= text.length;) {
      let end = text.indexOf('\n', at);
      if (end < 0) end = text.length;
      line++;
      const content = text.slice(at, end).replace(/\r$/, '');
      if (line > skip)
        block.push({ line, cells: cutLine(quotes === 'broken' ? content.replaceAll('"', '') : content, delimiter) });
      at = end + 1;
      if (block.length < 10_000 && at <= text.length) continue;
      take(block);
      block = [];
      onProgress(text.length > 0 ? Math.min(1, at / text.length) : 1, line);
    }
  };
}
