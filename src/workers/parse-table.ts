import Papa, { type ParseResult } from 'papaparse';
import { createReader, type ReadTable, type TableRow } from '../bars/read.ts';
import type { Outcome } from '../core/fault.ts';

const DELIMITERS = [',', '\t', ';', '|'];
/** Characters cut into rows at a time; more would only be garbage to collect. */
const BLOCK = 1 << 20;

/**
 * Cuts the text of a price file into cells and reads them as bars.
 *
 * @param onProgress called with the share of the text read, 0 … 1
 */
export function parseTable(text: string, onProgress: (fraction: number) => void = () => undefined): Outcome<ReadTable> {
  const reader = createReader();
  const quoted = text.includes('"');
  let delimiter = '';
  let line = 1;
  Papa.parse<string[]>(text, {
    delimiter: '', // guessed from the first rows
    delimitersToGuess: DELIMITERS,
    skipEmptyLines: false,
    chunkSize: BLOCK,
    complete: () => undefined, // a text is cut before `parse` returns
    chunk({ data, meta }: ParseResult<string[]>) {
      delimiter ||= meta.delimiter;
      const rows: TableRow[] = [];
      for (const cells of data) {
        rows.push({ line, cells });
        line += 1 + (quoted ? innerLines(cells) : 0);
      }
      reader.push(rows);
      onProgress(text.length > 0 ? Math.min(1, meta.cursor / text.length) : 1);
    },
  });
  return reader.finish(delimiter);
}

/** Line ends inside quoted cells: the file's line numbers go on behind them. */
function innerLines(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  }
  return count;
}
