import { describeFault, fault, type Fault } from '../core/fault.ts';
import { didYouMean } from '../language/suggest.ts';

/** A value as it may stand in a message: short, and quoted as code. */
export function shown(value: unknown): string {
  return `\`${shorten(typeof value === 'string' ? value : spell(value))}\``;
}

/** Objects and lists are only hinted at: a hostile one may be deeper than the stack. */
function spell(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '{}' : '{…}';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return 'nothing';
}

/** One line without characters that hide or turn round others. */
function shorten(text: string): string {
  const plain = text.slice(0, 200).replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}

export function keyFault(code: string, message: string, advice: string, path: string): Fault {
  return path === '' ? fault(code, message, advice) : fault(code, message, advice, { kind: 'key', path });
}

/** What to do about an objective that cannot be read: where in it, and what is wrong, unless it is a single name. */
export function objectiveAdvice(text: unknown, found: Fault): string {
  return /^\w*$/.test(String(text).trim()) ? found.advice : describeFault(found);
}

/** A key that the document does not have. */
export function unknownKey(path: readonly string[], allowed: readonly string[]): Fault {
  const key = path.at(-1) ?? '';
  const advice = didYouMean(key, allowed, allowed.length === 0 ? 'Remove it.' : `Keys here are ${allowed.join(', ')}.`);
  return keyFault('document_key', `${shown(key)} is not a key of the study document.`, advice, path.join('.').slice(0, 80));
}
