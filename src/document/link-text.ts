import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { shown } from './keys.ts';

/** A value in a link: a text, or several with commas between them. */
export type LinkValue = string | readonly string[];
export type LinkParts = ReadonlyMap<string, LinkValue>;

/** `5..50 by 1` → `5..50+by+1`; commas and colons of lists stay readable, commas inside a text do not count as one. */
export function writeParts(parts: Iterable<readonly [key: string, value: LinkValue]>): string {
  const written: string[] = [];
  for (const [key, value] of parts) {
    written.push(`${escape(key)}=${typeof value === 'string' ? escape(value) : writeList(value)}`);
  }
  return written.join('&');
}

/** A trailing comma tells a list of one from a text, and keeps an empty last value. */
function writeList(values: readonly string[]): string {
  return values.map(escape).join(',') + (values.length < 2 || values.at(-1) === '' ? ',' : '');
}

/** Reads what `writeParts` wrote; refuses keys that stand twice and escapes that are broken. */
export function readParts(fragment: string): Outcome<LinkParts> {
  const parts = new Map<string, LinkValue>();
  for (const piece of fragment.split('&')) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    if (equals < 1) return damaged(`${shown(piece)} is not a key with a value.`);
    const key = unescape(piece.slice(0, equals));
    const raw = piece.slice(equals + 1);
    const values = raw.split(',').map(unescape);
    if (key === null || values.some((value) => value === null)) return damaged(`${shown(piece)} holds a broken escape.`);
    if (parts.has(key)) return damaged(`the key ${shown(key)} stands twice.`);
    const texts = values as string[];
    if (texts.length > 1 && texts.at(-1) === '') texts.pop();
    parts.set(key, raw.includes(',') ? texts : texts[0]!);
  }
  return ok(parts);
}

export function damaged<T = never>(what: string): Outcome<T> {
  return failed(fault('link_damaged', `This link cannot be read: ${what}`, 'Ask for it again, or start a study of your own.'));
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function escape(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, '\uFFFD')).replace(/%20/g, '+').replace(/%3A/g, ':');
}

function unescape(text: string): string | null {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return null;
  }
}

/** The value of a key as one text. */
export function one(parts: LinkParts, key: string): string | undefined {
  const value = parts.get(key);
  return value === undefined || typeof value === 'string' ? value : value.join(',');
}

/** A number where the text is one; the text itself otherwise, so that the schema's fault shows it. */
export function toNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}
