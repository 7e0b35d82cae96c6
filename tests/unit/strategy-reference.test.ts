import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { INDICATORS } from '../../src/indicators/catalogue.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { referenceEntries, referenceMarkdown } from '../../src/strategy/reference.ts';
import { CALENDAR, CALLABLE, HELD_TERMS, SOURCES } from '../../src/strategy/vocabulary.ts';

const entries = referenceEntries();
const names = (...kinds: readonly string[]): string[] =>
  [...new Set(entries.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name))].sort();

test('every function, series and term of a position has a line', () => {
  expect(names('function')).toEqual([...CALLABLE.keys()].sort());
  expect(names('series')).toEqual([...SOURCES.keys(), ...CALENDAR].sort());
  expect(names('position')).toEqual([...HELD_TERMS.keys()].sort());
  for (const { about, signature } of entries) {
    expect(about).not.toBe('');
    expect(signature).not.toMatch(/\n/);
  }
  expect(INDICATORS.length).toBeGreaterThanOrEqual(60);
});

test('every statement of the reference compiles as it is written', () => {
  for (const { kind, signature } of entries) {
    if (kind !== 'statement') continue;
    const line = signature.replace('…', 'close > open');
    const text = [
      'fast = param(5, 1..9 by 1)',
      'slow = param(9, 5..20 by 1)',
      'enter long when close > sma(close, fast) + slow',
      line.startsWith('size risk') ? 'stop 1%' : '',
      line.startsWith('n =') || line.startsWith('kind =') || line.startsWith('on =') ? line : '',
      line.includes('= ') ? '' : line,
    ].join('\n');
    const compiled = compileStrategy(text);
    expect(compiled.ok ? [] : compiled.faults, signature).toEqual([]);
  }
});

test('docs/strategy-language.md has the reference', async () => {
  const file = new URL('../../docs/strategy-language.md', import.meta.url);
  const page = readFileSync(file, 'utf8');
  const [, before, after] = /^(.*<!-- reference -->\n).*(\n<!-- end of reference -->.*)$/s.exec(page)!;
  const options = await resolveConfig(file.pathname);
  const written = await format(`${before}\n${referenceMarkdown()}\n${after}`, { ...options, parser: 'markdown' });
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, written);
  expect(page).toBe(process.env['UPDATE_DOCS'] === '1' ? page : written);
});
