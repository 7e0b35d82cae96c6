import { fault, type Fault } from '../core/fault.ts';
import type { TableRow } from './table.ts';

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a zip archive or an Excel workbook'],
  ['\ufffdPNG', 'a picture (PNG)'],
  ['\u0089PNG', 'a picture (PNG)'],
  ['GIF8', 'a picture (GIF)'],
  ['%PDF', 'a PDF document'],
  ['PAR1', 'a Parquet file'],
  ['ARROW1', 'a Feather (Arrow) file'],
  ['\u001f\ufffd', 'a gzip file that was not unpacked'],
  ['\u001f\u008b', 'a gzip file that was not unpacked'],
];

const EXPORT_CSV = 'Save the prices as CSV text and load that file.';

function countOf(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= from && code <= to) count++;
  }
  return count;
}

/** Names the file for what it is where its first rows show that it is no table of text; null where it may be one. */
export function recogniseOther(rows: readonly TableRow[]): Fault | null {
  const text = rows
    .slice(0, 20)
    .map((row) => row.cells.join(','))
    .join('\n')
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 4000);
  const place = { kind: 'file', line: rows[0]?.line ?? 1 } as const;
  const signature = SIGNATURES.find(([start]) => text.startsWith(start));
  if (signature !== undefined)
    return fault('not_a_table', `The file is ${signature[1]}, not a table of prices.`, EXPORT_CSV, place);
  if (countOf(text, 0, 8) + countOf(text, 0xfffd, 0xfffd) > text.length / 20) {
    return fault('not_a_table', 'The file is binary data, not text.', EXPORT_CSV, place);
  }
  if (/^<(?:!doctype|html|head|body|\?xml|script|div)\b/i.test(text) || /<html[\s>]/i.test(text)) {
    return fault(
      'not_a_table',
      'The file is a web page, not a table of prices.',
      'The download was probably answered by a log-in or error page: open the address in a browser and look.',
      place,
    );
  }
  if (/^[[{]\s*(?:["[{\]}]|-?\d|$)/.test(text))
    return fault('not_a_table', 'The file is JSON, which is not read yet.', EXPORT_CSV, place);
  if (text.startsWith('version https://git-lfs')) {
    return fault(
      'not_a_table',
      'The file is a Git LFS pointer: the name of a file, not its content.',
      'Fetch the file itself with "git lfs pull".',
      place,
    );
  }
  return null;
}
