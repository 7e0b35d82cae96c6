import { fromBase64url, toBase64url } from '../core/base64url.ts';
import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { utf8Bytes } from '../core/hash.ts';
import { ENGINE_VERSION } from '../core/version.ts';
import { didYouMean } from '../language/suggest.ts';
import { USUAL_KEYS } from '../metrics/columns.ts';
import { BUILT_INS } from '../strategy/library/index.ts';
import { shown } from './keys.ts';
import { LINK_FIELDS, OTHER_KEYS, USUAL_WORD, type LinkField } from './link-fields.ts';
import { dataOf, dataParts, strayKeys } from './link-data.ts';
import { damaged, one, readParts, toNumber, writeParts, type LinkParts, type LinkValue } from './link-text.ts';
import { viewOf, viewParts, type LinkView } from './link-view.ts';
import { defaultDocument, DOCUMENT_VERSION, type StudyDocument } from './document.ts';
import { parseDocument } from './schema.ts';

export type { LinkView };

/** Compresses strategy text; given by the edges, as pure rooms have no streams. May reject on damaged bytes. */
export interface Codec {
  deflate(bytes: Uint8Array): Promise<Uint8Array>; // raw deflate
  inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array>; // rejects beyond maxBytes
}

export interface OpenedLink {
  readonly document: StudyDocument;
  readonly view: LinkView;
  readonly version: string; // engine that made the link, '' where it does not say
}

export const MAX_LINK = 32_000; // characters; browsers cut far longer ones
const MAX_TEXT_BYTES = 256_000;

/** The study as a link's fragment, without `#`: readable for built-ins, edited text compressed, defaults left out. */
export async function encodeLink(document: StudyDocument, view: LinkView, codec: Codec): Promise<Outcome<string>> {
  const strategy = await strategyPart(document.strategy, codec);
  if (!strategy.ok) return strategy;
  const ranges = Object.entries(document.space).map(([name, spelling]): [string, LinkValue] => [
    `p.${name}`,
    typeof spelling === 'string' ? spelling : spelling.map(String),
  ]);
  const fragment = writeParts([
    strategy.value,
    ...ranges,
    ...dataParts(document.data),
    ...fieldParts(document),
    ...viewParts(view),
    ['v', ENGINE_VERSION],
  ]);
  return fragment.length > MAX_LINK ? tooLong(fragment.length) : ok(fragment);
}

async function strategyPart(strategy: string, codec: Codec): Promise<Outcome<[string, string]>> {
  if (BUILT_INS.some(({ name }) => name === strategy)) return ok(['s', strategy]);
  try {
    return ok(['z', toBase64url(await codec.deflate(utf8Bytes(strategy)))]);
  } catch {
    return failed(fault('link_packing', 'The strategy text could not be compressed.', 'Send the study document as a file.'));
  }
}

/** Fields that differ from the default. */
function fieldParts(document: StudyDocument): [string, LinkValue][] {
  const defaults = defaultDocument();
  return LINK_FIELDS.flatMap(({ key, path }): [string, LinkValue][] => {
    const value = at(document, path) as string | number | readonly (string | number)[] | null | undefined;
    if (value === undefined || value === null || JSON.stringify(value) === JSON.stringify(at(defaults, path))) return [];
    return [[key, Array.isArray(value) ? spellNames(value.map(String)) : String(value)]];
  });
}

function spellNames(names: readonly string[]): LinkValue {
  return names.join() === USUAL_KEYS.join() ? USUAL_WORD : names;
}

/** Reads a fragment from anybody. Every damage is one fault. */
export async function decodeLink(fragment: string, codec: Codec): Promise<Outcome<OpenedLink>> {
  const bare = fragment.replace(/^#/, '');
  if (bare.length > MAX_LINK) return tooLong(bare.length);
  const read = readParts(bare);
  if (!read.ok) return read;
  const parts = read.value;
  for (const key of parts.keys()) if (!knownKey(key)) return failed(unknownLinkKey(key, parts));
  const stray = strayKeys(parts);
  if (stray !== null) return damaged(stray);
  const strategy = await strategyOf(parts, codec);
  if (!strategy.ok) return strategy;
  const json: Record<string, unknown> = {
    barsweep: DOCUMENT_VERSION,
    data: dataOf(parts),
    space: Object.fromEntries(spellings(parts)),
  };
  if (strategy.value !== null) json['strategy'] = strategy.value;
  for (const field of LINK_FIELDS) {
    const value = parts.get(field.key);
    if (value !== undefined) put(json, field.path, readValue(field, value));
  }
  const document = parseDocument(json);
  if (!document.ok) return failed(document.faults[0]);
  return ok({ document: document.value, view: viewOf(parts), version: one(parts, 'v') ?? '' });
}

function knownKey(key: string): boolean {
  const named = /^(?:p|at|zoom|brush)\.(.+)$/s.exec(key);
  if (named !== null) return !(named[1]! in Object.prototype);
  return OTHER_KEYS.includes(key) || LINK_FIELDS.some((field) => field.key === key);
}

function unknownLinkKey(key: string, parts: LinkParts): Fault {
  const version = one(parts, 'v');
  const newer = version !== undefined && isNewer(version, ENGINE_VERSION);
  const otherwise = newer
    ? `The link is of version ${version}, this program of ${ENGINE_VERSION}: reload the page.`
    : 'Ask for the link again.';
  const known = [...LINK_FIELDS.map((field) => field.key), ...OTHER_KEYS];
  return fault('link_key', `${shown(key)} is not a key of a link.`, newer ? otherwise : didYouMean(key, known, otherwise));
}

/** Of two versions such as `0.1.0`. */
function isNewer(version: string, than: string): boolean {
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version)) return false;
  const [theirs, ours] = [version, than].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const differs = theirs.findIndex((part, k) => part !== ours[k]);
  return differs >= 0 && theirs[differs]! > ours[differs]!;
}

async function strategyOf(parts: LinkParts, codec: Codec): Promise<Outcome<string | null>> {
  const name = one(parts, 's') ?? null;
  const packed = one(parts, 'z');
  if (packed === undefined) return ok(name);
  if (name !== null) return damaged('it names a strategy and also holds a text.');
  const bytes = fromBase64url(packed);
  if (bytes === null) return damaged('the strategy text is not in base64url.');
  try {
    return ok(utf8Text(await codec.inflate(bytes, MAX_TEXT_BYTES)));
  } catch {
    return damaged('the strategy text does not unpack.');
  }
}

function* spellings(parts: LinkParts): Generator<[string, unknown]> {
  for (const [key, value] of parts) {
    if (key.startsWith('p.')) yield [key.slice(2), typeof value === 'string' ? value : value.map(toWord)];
  }
}

function readValue({ kind }: LinkField, value: LinkValue): unknown {
  if (kind === 'truth') return value === 'true' ? true : value === 'false' ? false : value;
  if (kind === 'names') return value === USUAL_WORD ? [...USUAL_KEYS] : typeof value === 'string' ? [value] : value;
  if (kind === 'setting' && typeof value !== 'string') return value.map(toNumber);
  if (typeof value !== 'string' || kind === 'text') return value;
  return toNumber(value);
}

/** An element of a list: booleans and numbers in shortest form are themselves, everything else is a text. */
function toWord(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text;
}

function at(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
}

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const parents = path.slice(0, -1).reduce((object, key) => (object[key] ??= {}) as Record<string, unknown>, into);
  parents[path.at(-1)!] = value;
}

function utf8Text(bytes: Uint8Array): string {
  return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}

function tooLong<T>(length: number): Outcome<T> {
  const message = `The link has ${length} characters, and at most ${MAX_LINK} can be opened.`;
  return failed(fault('link_too_long', message, 'Shorten the strategy text, or send the study document as a file.'));
}
