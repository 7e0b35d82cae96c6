import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import type { BarColumns } from '../../src/bars/columns.ts';
import { SAMPLES, generateBars } from '../../src/bars/generate.ts';
import { readTable } from '../../src/bars/read.ts';

function hashOf(columns: BarColumns): string {
  return createBars(columns, (bytes) => new ArrayBuffer(bytes)).hash;
}

test.each(Object.values(SAMPLES))('the file of the $key sample holds what the generator makes, read without a complaint', (sample) => {
  const file = new URL(`../../public/samples/${sample.key}.csv.gz`, import.meta.url);
  expect(statSync(file).size).toBeLessThan(2_000_000);
  const { data } = Papa.parse<string[]>(gunzipSync(readFileSync(file)).toString('utf8'));
  const read = readTable(data.map((cells, i) => ({ line: i + 1, cells })));
  if (!read.ok) throw new Error(read.faults[0].message);
  expect(hashOf(read.value.columns)).toBe(hashOf(generateBars({ ...sample.spec, bars: sample.fileBars })));
  const { repaired, refused, warnings } = read.value.report;
  expect([...repaired, ...refused, ...warnings]).toEqual([]);
});
