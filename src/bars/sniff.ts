import { fault, type Fault } from '../core/fault.ts';
import { quoteCell } from './report.ts';
import type { TableRow } from './table.ts';

/** What the first bytes of a file say that it is. `text` may still be anything that is written in letters. */
export type FileKind =
  | 'empty'
  | 'text'
  | 'gzip'
  | 'zip'
  | 'parquet'
  | 'feather'
  | 'spreadsheet'
  | 'picture'
  | 'pdf'
  | 'sqlite'
  | 'hdf5'
  | 'other archive'
  | 'binary';

const MAGIC: readonly (readonly [FileKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['feather', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['feather', [0x46, 0x45, 0x41, 0x31]],
  ['spreadsheet', [0xd0, 0xcf, 0x11, 0xe0]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['hdf5', [0x89, 0x48, 0x44, 0x46]],
  ['other archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['other archive', [0x42, 0x5a, 0x68]],
  ['other archive', [0xfd, 0x37, 0x7a, 0x58]],
  ['other archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['other archive', [0x52, 0x61, 0x72, 0x21]],
];

/** @param head the first bytes, at least 512 of them where the file has so many */
export function kindOfBytes(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty';
  for (const [kind, magic] of MAGIC) {
    if (!magic.every((byte, i) => head[i] === byte)) continue;
    // A workbook is a zip; its first entries have these names.
    if (kind === 'zip' && /\[Content_Types\]|xl\/|_rels\/|mimetypeapplication\/vnd/.test(letters(head))) return 'spreadsheet';
    return kind;
  }
  return utf16Of(head) !== null || isText(head) ? 'text' : 'binary';
}

/** Hardly a byte is a control character. */
function isText(head: Uint8Array): boolean {
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27 && byte !== 26)) control++;
  return control <= head.length / 50;
}

function letters(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, 512)) text += String.fromCharCode(byte);
  return text;
}

/** The kind of UTF-16 that a text is in: by its mark, or by zeros in every second byte; null where it is none. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.length < 16) return null;
  let even = 0;
  let odd = 0;
  const length = head.length & ~1;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (odd > length * 0.35 && even === 0) return 'utf-16le';
  return even > length * 0.35 && odd === 0 ? 'utf-16be' : null;
}

const EXPORT_CSV = 'Save the prices as CSV text and load that file.';
const START = { kind: 'file', line: 1 } as const;

/** Why bytes of a kind are not read; null where they are. */
export function refuseKind(kind: FileKind): Fault | null {
  switch (kind) {
    case 'empty':
      return fault('empty', 'The file is empty.', 'Load a file with prices in it.', START);
    case 'spreadsheet':
      return fault(
        'spreadsheet_file',
        'The file is an Excel workbook, not a table of text.',
        'In Excel choose "Save as" and CSV, or copy the cells and paste them here.',
        START,
      );
    case 'feather':
      return fault(
        'feather_file',
        'The file is a Feather (Arrow) file, which is not read.',
        'Write it as Parquet or CSV, with pandas: df.to_parquet(...).',
        START,
      );
    case 'picture':
      return fault('binary', 'The file is a picture, not a table of prices.', EXPORT_CSV, START);
    case 'pdf':
      return fault('binary', 'The file is a PDF document, not a table of prices.', EXPORT_CSV, START);
    case 'sqlite':
      return fault('binary', 'The file is a SQLite database, not a table of text.', EXPORT_CSV, START);
    case 'hdf5':
      return fault('binary', 'The file is an HDF5 file, which is not read.', 'Write it as Parquet or CSV.', START);
    case 'other archive':
      return fault(
        'binary',
        'The file is a compressed archive that is not read here.',
        'Unpack it, or pack it as gzip or zip.',
        START,
      );
    case 'binary':
      return fault('binary', 'The file is binary data, not text.', EXPORT_CSV, START);
    default:
      return null;
  }
}

/** Names a text for what it is where its first rows show that it is no table; null where it may be one. */
export function recogniseText(rows: readonly TableRow[]): Fault | null {
  const text = rows
    .slice(0, 20)
    .map((row) => row.cells.join(','))
    .join('\n')
    .trimStart()
    .slice(0, 4000);
  return recogniseStart(text, rows[0]?.line ?? 1);
}

/** @param text the start of a text, some thousand characters */
export function recogniseStart(text: string, line = 1): Fault | null {
  const place = { kind: 'file', line } as const;
  if (/^<(?:!doctype|html|head|body|script|div|meta|title)\b/i.test(text) || /<html[\s>]/i.test(text)) {
    return fault(
      'html_instead_of_data',
      'The file is a web page, not a table of prices.',
      'The download was probably answered by a log-in or error page: open the address in a browser and look.',
      place,
    );
  }
  if (/^<\?xml\b/i.test(text)) return fault('not_a_table', 'The file is XML, which is not read.', EXPORT_CSV, place);
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

/** The message of a service that answered with an error in place of prices. */
export function serviceError(message: string): Fault {
  return fault(
    'api_error_message',
    `The file is the answer of a service, and says ${quoteCell(message)}`
      .replace(/([^.!?])"$/, '$1".')
      .replace(/([.!?])"$/, '$1"'),
    'Ask the service again, perhaps with another key or later.',
    START,
  );
}
