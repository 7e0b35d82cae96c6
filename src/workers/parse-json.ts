import { findJsonTable, type JsonTable } from '../bars/json-shape.ts';
import { readRows, type ReadOptions, type ReadTable, type TableRow } from '../bars/read.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';

/** Whether a text is meant as JSON: it starts as an array or object does, and goes on like one. */
export function looksLikeJson(text: string): boolean {
  const start = text.slice(0, 2000).trimStart();
  return /^[[{]\s*(?:["[{\]}]|-?\d|NaN|null|true|false|$)/.test(start);
}

/** Reads the JSON answer of a service or a program as bars. */
export function parseJson(text: string, options: Partial<ReadOptions>): Outcome<ReadTable> {
  const value = parse(text);
  if (!value.ok) return value;
  const table = findJsonTable(value.value);
  if (!table.ok) return table;
  return readJsonTable(table.value, options);
}

function readJsonTable({ header, rows, symbol, zone, shape }: JsonTable, options: Partial<ReadOptions>): Outcome<ReadTable> {
  const top: TableRow[] = header === null ? [] : [{ line: 1, cells: header }];
  return readRows(
    (take) => {
      take(top);
      const block = 10_000;
      for (let from = 0; from < rows.length; from += block) {
        take(rows.slice(from, from + block).map((cells, i) => ({ line: from + i + 1, cells })));
      }
    },
    { ...options, symbol: options.symbol ?? symbol, zone, format: `JSON, ${shape}` },
  );
}

function parse(text: string): Outcome<unknown> {
  const first = attempt(text);
  if (first.ok) return first;
  // Python writes NaN and Infinity, which are no JSON.
  if (/[[:,]\s*-?(?:NaN|Infinity)\b/.test(text)) {
    const second = attempt(text.replace(/([[:,]\s*)-?(?:NaN|Infinity)\b/g, '$1null'));
    if (second.ok) return second;
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > 1 && attempt(lines[0]!).ok) {
    const values: unknown[] = [];
    for (const line of lines) {
      const value = attempt(line);
      if (!value.ok) return value;
      values.push(value.value);
    }
    return ok(values);
  }
  return first;
}

function attempt(text: string): Outcome<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : '';
    const at = /position (\d+)/.exec(why);
    const line = at === null ? 1 : text.slice(0, Number(at[1])).split('\n').length;
    return failed(
      fault('json_broken', `The file starts as JSON and is none: ${why}.`, 'Fetch it again; it may have been cut off.', {
        kind: 'file',
        line,
      }),
    );
  }
}
