import { shown } from './keys.ts';
import { one, toNumber, type LinkParts, type LinkValue } from './link-text.ts';
import type { StudyData } from './document.ts';

/** The keys that say where the bars come from; `from` and `to` are fields. */
export function dataParts(data: StudyData): [string, LinkValue][] {
  if ('file' in data) {
    const { name, hash, symbol, from, to, bars } = data.file;
    return [
      ['f', name],
      ['fh', hash],
      ['fs', symbol],
      ['fr', `${from}..${to}`],
      ['fn', String(bars)],
      ...answerParts(data.file.answers ?? {}),
    ];
  }
  const hash: [string, LinkValue][] = data.hash === undefined ? [] : [['h', data.hash]];
  if ('sample' in data) return [['d', data.sample], ...hash];
  const { kind, seed, bars } = data.generate;
  return [['g', `${kind}.${seed}.${bars}`], ...hash];
}

function answerParts(answers: Readonly<Record<string, string>>): [string, LinkValue][] {
  const pairs = Object.entries(answers).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? [] : [['fa', pairs]];
}

/** "date_order=dmy" and its like as the answers that they are. */
function answersOf(value: LinkValue | undefined): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  const pairs = (typeof value === 'string' ? [value] : value).map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}

/** The document's `data` as the link says it; the schema judges it. */
export function dataOf(parts: LinkParts): Record<string, unknown> {
  const hash = parts.has('h') ? { hash: parts.get('h') } : {};
  const name = parts.get('f');
  if (name !== undefined) {
    const [from, ...to] = one(parts, 'fr')?.split('..') ?? [];
    const bars = one(parts, 'fn');
    const file = {
      name,
      hash: parts.get('fh'),
      symbol: parts.get('fs'),
      from,
      to: to.length === 0 ? undefined : to.join('..'),
      bars: bars && toNumber(bars),
      answers: answersOf(parts.get('fa')),
    };
    return { file: Object.fromEntries(Object.entries(file).filter(([, value]) => value !== undefined)) };
  }
  const generated = one(parts, 'g');
  if (generated !== undefined) {
    const [kind, seed, ...bars] = generated.split('.');
    return { generate: { kind, seed: toNumber(seed ?? ''), bars: toNumber(bars.join('.')) }, ...hash };
  }
  return { ...(parts.has('d') ? { sample: parts.get('d') } : {}), ...hash };
}

/** Which key has no place beside the others: bars come from one source, and its details need it. */
export function strayKeys(parts: LinkParts): string | null {
  const sources = ['d', 'g', 'f'].filter((key) => parts.has(key));
  if (sources.length > 1) return `${sources.map(shown).join(' and ')} name different bars.`;
  const file = parts.has('f');
  const stray = file ? ['h'] : ['fh', 'fs', 'fr', 'fn', 'fa'];
  const found = stray.find((key) => parts.has(key));
  return found === undefined ? null : `${shown(found)} needs ${file ? 'a sample or generated bars' : 'the name of a file'}.`;
}
