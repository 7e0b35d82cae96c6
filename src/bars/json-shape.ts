import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { rolesOfName } from './names.ts';
import { serviceError } from './sniff.ts';

/** A table found in a JSON value. */
export interface JsonTable {
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  readonly symbol: string;
  readonly zone: string; // that the file names for its times, '' where it names none
  readonly shape: string; // in words
}

type Value = unknown;
type Plain = Readonly<Record<string, Value>>;

const MOST_DEPTH = 8;
const MOST_NODES = 20_000; // values looked at in the search; tables themselves are looked at by their first rows

function isPlain(value: Value): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return typeof value === 'boolean' ? String(value) : '';
}

function isCell(value: Value): boolean {
  return value === null || typeof value !== 'object';
}

interface Found {
  readonly make: () => Pick<JsonTable, 'header' | 'rows' | 'shape'>;
  readonly size: number; // rows
}

/**
 * Finds the table of prices in a parsed JSON value: an array of arrays or of objects, arrays side by side, objects keyed by date,
 * at any depth; of several the one with most rows.
 */
export function findJsonTable(value: Value): Outcome<JsonTable> {
  const found: Found[] = [];
  const labels: Labels = { symbol: '', zone: '', message: '' };
  let nodes = 0;
  const visit = (at: Value, depth: number, key: string): void => {
    if (depth > MOST_DEPTH || ++nodes > MOST_NODES) return;
    if (Array.isArray(at)) {
      const table = ofArray(at);
      if (table !== null) found.push(table);
      else for (const item of at.slice(0, 50)) visit(item, depth + 1, key);
      return;
    }
    if (!isPlain(at)) return;
    noteLabels(at, labels);
    const keyed = ofKeyed(at);
    if (keyed !== null) {
      found.push(keyed);
      return;
    }
    const columns = ofColumns(at);
    if (columns !== null) found.push(columns);
    for (const [name, item] of Object.entries(at)) visit(item, depth + 1, name);
  };
  visit(value, 0, '');
  const best = found.reduce<Found | null>((most, one) => (most === null || one.size > most.size ? one : most), null);
  if (best === null || best.size === 0) return failed(noTable(value, labels.message));
  return ok({ ...best.make(), symbol: labels.symbol, zone: labels.zone });
}

interface Labels {
  symbol: string;
  zone: string;
  message: string;
}

const MESSAGE = /^(?:error|errors|message|note|information|error message|msg|detail|reason|retmsg|error_message|description)$/i;

function noteLabels(at: Plain, labels: Labels): void {
  for (const [key, value] of Object.entries(at)) {
    const text = Array.isArray(value) && MESSAGE.test(key) ? textOf(value[0]) : typeof value === 'string' ? value : '';
    if (text !== '') noteLabel(key, text, labels);
  }
}

function noteLabel(key: string, text: string, labels: Labels): void {
  if (/^(?:\d+\. )?(?:symbol|ticker|pair|instrument)$/i.test(key)) labels.symbol ||= text.slice(0, 64);
  if (/zone/i.test(key) && /^[A-Za-z]+\/[A-Za-z_/]+$|^UTC$/.test(text)) labels.zone ||= text;
  if (MESSAGE.test(key)) labels.message ||= text;
}

function noTable(value: Value, message: string) {
  if (message !== '') return serviceError(message);
  const place = { kind: 'file', line: 1 } as const;
  const empty = (Array.isArray(value) && value.length === 0) || (isPlain(value) && Object.keys(value).length === 0);
  if (empty) return fault('no_rows', 'The file is JSON without any rows.', 'Ask for a range of time with prices in it.', place);
  return fault(
    'not_a_table',
    'The file is JSON, and nothing in it is a table of prices.',
    'Prices are read from arrays of arrays or of objects, arrays side by side, and objects by date.',
    place,
  );
}

/** An array of arrays, or of objects. */
function ofArray(at: readonly Value[]): Found | null {
  const first = at.find((item) => item !== null);
  if (Array.isArray(first)) {
    if (first.length < 2 || !first.every(isCell)) return null;
    return {
      size: at.length,
      make: () => ({
        header: null,
        rows: at.map((row) => (Array.isArray(row) ? row.map(textOf) : [])),
        shape: 'array of arrays',
      }),
    };
  }
  if (!isPlain(first)) return null;
  const names = fieldsOf(at.slice(0, 20));
  if (names.length < 2) return null;
  return {
    size: at.length,
    make: () => ({
      header: names.map(lastPart),
      rows: at.map((row) => names.map((name) => field(row, name))),
      shape: 'array of objects',
    }),
  };
}

/** Paths of the cells in objects, one level of nesting included: "mid.o". */
function fieldsOf(rows: readonly Value[]): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    if (!isPlain(row)) continue;
    for (const [key, value] of Object.entries(row)) {
      if (isCell(value)) names.add(key);
      else if (isPlain(value))
        for (const [inner, cell] of Object.entries(value)) if (isCell(cell)) names.add(`${key}\u0000${inner}`);
    }
    if (names.size > 500) break;
  }
  return [...names];
}

function lastPart(name: string): string {
  const at = name.indexOf('\u0000');
  return at < 0 ? name : name.slice(at + 1);
}

function field(row: Value, name: string): string {
  if (!isPlain(row)) return '';
  const at = name.indexOf('\u0000');
  if (at < 0) return Object.hasOwn(row, name) ? textOf(row[name]) : '';
  const outer = name.slice(0, at);
  const inner = Object.hasOwn(row, outer) ? row[outer] : null;
  const key = name.slice(at + 1);
  return isPlain(inner) && Object.hasOwn(inner, key) ? textOf(inner[key]) : '';
}

const DATE_KEY = /^\d{4}-?\d{2}-?\d{2}(?:[T ].*)?$|^\d{10}(?:\d{3})?$/;

/** Objects, arrays or numbers by date: {"2024-01-02": {"open": 1}}. */
function ofKeyed(at: Plain): Found | null {
  const keys = Object.keys(at);
  if (keys.length === 0 || !keys.slice(0, 50).every((key) => DATE_KEY.test(key))) return null;
  const first = at[keys[0]!];
  if (isPlain(first)) {
    const names = fieldsOf(keys.slice(0, 20).map((key) => at[key]));
    return {
      size: keys.length,
      make: () => ({
        header: ['date', ...names.map(lastPart)],
        rows: keys.map((key) => [key, ...names.map((name) => field(at[key], name))]),
        shape: 'objects by date',
      }),
    };
  }
  if (!isCell(first)) return null;
  return {
    size: keys.length,
    make: () => ({ header: ['date', 'close'], rows: keys.map((key) => [key, textOf(at[key])]), shape: 'numbers by date' }),
  };
}

interface Column {
  readonly name: string;
  readonly values: readonly Value[];
}

/** Arrays side by side, here or a little deeper; or objects that hold a value per row ({"open": {"0": 1}}). */
function ofColumns(at: Plain): Found | null {
  const columns: Column[] = [];
  collectColumns(at, 0, columns);
  const lengths = new Map<number, number>();
  for (const { values } of columns) lengths.set(values.length, (lengths.get(values.length) ?? 0) + 1);
  let length = 0;
  let most = 1;
  for (const [own, count] of lengths) {
    if (own > 0 && (count > most || (count === most && own > length && count > 1))) {
      length = own;
      most = count;
    }
  }
  const used = columns.filter(({ values }) => values.length === length);
  if (length === 0 || used.length < 2 || !used.some(({ name }) => rolesOfName(name).some(({ role }) => role === 'time')))
    return null;
  return {
    size: length,
    make: () => ({
      header: used.map(({ name }) => name),
      rows: Array.from({ length }, (_, i) => used.map(({ values }) => textOf(values[i]))),
      shape: 'arrays side by side',
    }),
  };
}

function collectColumns(at: Plain, depth: number, columns: Column[]): void {
  for (const [name, value] of Object.entries(at)) {
    if (columns.length > 200) return;
    if (Array.isArray(value)) {
      if (value.slice(0, 20).every(isCell)) columns.push({ name, values: value });
      else if (depth < 3) for (const item of value.slice(0, 3)) if (isPlain(item)) collectColumns(item, depth + 1, columns);
    } else if (isPlain(value)) {
      const keys = Object.keys(value);
      const indexed =
        keys.length > 1 &&
        keys.slice(0, 20).every((key) => /^\d+$/.test(key)) &&
        keys.slice(0, 20).every((key) => isCell(value[key]));
      if (indexed) columns.push({ name, values: keys.map((key) => value[key]) });
      else if (depth < 3) collectColumns(value, depth + 1, columns);
    }
  }
}
