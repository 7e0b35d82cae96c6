import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INDICATORS } from '../../src/indicators/catalogue.ts';
import { indicatorDocs, signature } from '../../src/indicators/docs.ts';
import { known } from '../support/indicators.ts';

test('docs/indicators.md is what the catalogue says; `npm run docs:indicators` writes it', () => {
  expect(readFileSync(new URL('../../docs/indicators.md', import.meta.url), 'utf8')).toBe(indicatorDocs());
});

test('every indicator has an entry with its call', () => {
  for (const indicator of INDICATORS) expect(indicatorDocs()).toContain(`\n### ${signature(indicator)}\n`);
  expect(signature(known('alma'))).toBe('alma(x, n, offset = 0.85, sigma = 6)');
  expect(signature(known('atr'))).toBe('atr(n)');
  expect(signature(known('highest'))).toBe('highest(x = high, n)');
});
