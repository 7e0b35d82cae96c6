import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPrices } from '../../src/workers/read-prices.ts';

// General corpora of parsers are not part of the repository: BARSWEEP_REFERENCE names the folder that holds `formats/corpora`. None of
// their files holds prices, so none may be read as a table of bars that it is not.

const corpora = path.join(process.env['BARSWEEP_REFERENCE'] ?? '', 'formats/corpora');
const present = process.env['BARSWEEP_REFERENCE'] !== undefined && existsSync(corpora);
const filesOf = (folder: string): string[] => (present ? readdirSync(path.join(corpora, folder)).map((name) => path.join(corpora, folder, name)) : []);
const read = (content: Blob) => readPrices(content, { answers: {}, dayFirst: true });

describe.skipIf(!present)('files that hold no prices', () => {
  test('are refused with a sentence, or read by their price', async () => {
    for (const name of [...filesOf('csv-spectrum/csvs'), ...filesOf('pollock/csv')]) {
      const outcome = await read(await openAsBlob(name));
      if (!outcome.ok) expect(outcome.faults[0].message).not.toBe('');
      // A list of sales with a date and a price is a line of prices, if that column is what is read.
      else expect(outcome.value.report.roles.find(({ role }) => role === 'close')?.header, name).toMatch(/price/i);
    }
  }, 60_000);

  test('JSON of every kind, and brackets without end', async () => {
    const suite = JSON.parse(readFileSync(path.join(corpora, 'json-suite/test_parsing_base64.json'), 'utf8')) as Record<string, string>;
    for (const content of Object.values(suite)) expect((await read(new Blob([Buffer.from(content, 'base64')]))).ok).toBe(false);
    for (const count of [100_000, 250_001]) expect((await read(new Blob(['['.repeat(count)]))).ok).toBe(false);
  }, 60_000);

  test('naughty strings as headers and symbols stay text', async () => {
    const strings = JSON.parse(readFileSync(path.join(corpora, 'naughty-strings/blns.json'), 'utf8')) as string[];
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    for (const text of strings) {
      const rows = [2, 3, 4].map((day) => `2024-01-0${day},1.5,2.5,0.5,1.25,7,${quoted(text)}`);
      const outcome = await read(new Blob([`Date,Open,High,Low,Close,Volume,${quoted(text)}\n${rows.join('\n')}\n`]));
      if (outcome.ok) expect([...outcome.value.columns.close]).toEqual([1.25, 1.25, 1.25]);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 60_000);
});
