import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPrices } from '../../src/workers/read-prices.ts';
import { barsOf, VENDOR_LAYOUTS } from '../support/vendor-layouts.ts';

// The files are made by the generator beside it: UPDATE_VENDORS=1 npx vitest run tests/golden/vendors.test.ts

const folder = new URL('./vendors/', import.meta.url);
if (process.env['UPDATE_VENDORS'] !== undefined) {
  mkdirSync(folder, { recursive: true });
  for (const layout of VENDOR_LAYOUTS) writeFileSync(new URL(layout.name, folder), layout.write(barsOf(layout)));
}

test('every file has its layout, and there are many', () => {
  expect(readdirSync(folder).sort()).toEqual(VENDOR_LAYOUTS.map(({ name }) => name).sort());
  expect(VENDOR_LAYOUTS.length).toBeGreaterThanOrEqual(30);
});

describe('layouts of vendors', () => {
  test.each(VENDOR_LAYOUTS)('$name', async (layout) => {
    const text = readFileSync(new URL(layout.name, folder), 'utf8');
    const bars = barsOf(layout);
    expect(text, 'the generator makes another file').toBe(layout.write(bars));
    const answers = layout.answers ?? {};
    const read = await readPrices(new Blob([text]), { answers, dayFirst: true });
    if (!read.ok) throw new Error(`${read.faults[0].code}: ${read.faults[0].message}`);
    const { columns, report } = read.value;
    expect(report.questions).toEqual([]);
    expect(report.refused).toEqual([]);
    const volume = (v: number): number => {
      if (layout.lacks === 'volume') return 0;
      return layout.shortVolume === undefined ? v : Number(`${(v / 1e6).toFixed(2)}e6`);
    };
    expect([...columns.time]).toEqual(bars.map(({ t }) => t));
    expect([...columns.open]).toEqual(bars.map(({ o }) => o));
    expect([...columns.high]).toEqual(bars.map(({ h }) => h));
    expect([...columns.low]).toEqual(bars.map(({ l }) => l));
    expect([...columns.close]).toEqual(bars.map(({ c }) => c));
    expect([...columns.volume]).toEqual(bars.map(({ v }) => volume(v)));
  });
});

test.each(VENDOR_LAYOUTS.filter(({ answers }) => answers !== undefined))('$name asks first', async (layout) => {
  const read = await readPrices(new Blob([layout.write(barsOf(layout))]), { answers: {}, dayFirst: true });
  expect(read.ok && read.value.report.questions.map(({ key }) => key)).toEqual(Object.keys(layout.answers ?? {}));
});
