import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBars, openBars, verifyHash } from '../../src/bars/buffer.ts';
import { cutRange } from '../../src/bars/columns.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { readTable } from '../../src/bars/read.ts';

const HEADER = ['Date', 'Open', 'High', 'Low', 'Close', 'Volume'];

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'Date',
    'Open',
    'close',
    '',
    ' ',
    '1',
    '-1',
    'NaN',
    '2024-01-02',
    '02/03/2010',
    '1704153600',
    '1,234',
    '$5',
    '09:30',
    '{',
    '<html',
  ),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const table = fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 80 });

/** Times spaced by whole minutes, with consistent prices on cents. */
const rows = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 0, max: 3_000_000 }),
    low: fc.integer({ min: 1, max: 1e6 }),
    span: fc.integer({ min: 0, max: 500 }),
    volume: fc.nat(),
  }),
  { selector: ({ minute }) => minute, minLength: 2, maxLength: 120 },
);

function cellsOf({ minute, low, span, volume }: { minute: number; low: number; span: number; volume: number }): string[] {
  const time = new Date(1.6e12 + minute * 60_000).toISOString();
  return [time, low / 100, (low + span) / 100, low / 100, (low + span) / 100, volume].map(String);
}

function numbered(cells: readonly string[][]) {
  return cells.map((row, i) => ({ line: i + 1, cells: row }));
}

test('arbitrary cells never throw, and what is read is in order and finite', () => {
  fc.assert(
    fc.property(table, fc.boolean(), (cells, named) => {
      const read = readTable(numbered(named ? [HEADER, ...cells] : cells));
      if (!read.ok) {
        expect(read.faults[0].code).toMatch(/^[a-z_]+$/);
        expect(read.faults[0].message).not.toBe('');
        return;
      }
      const { columns, report } = read.value;
      expect(columns.count).toBeGreaterThanOrEqual(1);
      for (let i = 0; i < columns.count; i++) {
        expect(i === 0 || columns.time[i]! - columns.time[i - 1]! >= (report.shape === 'ticks' ? 0 : 1)).toBe(true);
        for (const key of ['open', 'high', 'low', 'close', 'volume'] as const)
          expect(Number.isFinite(columns[key][i])).toBe(true);
      }
      for (const issue of [...report.repaired, ...report.refused, ...report.warnings])
        expect(issue.line).toBeLessThanOrEqual(cells.length + 1);
    }),
    { numRuns: 500 },
  );
});

test('rows in any order give the same bars', () => {
  fc.assert(
    fc.property(rows, fc.integer(), (list, seed) => {
      const sorted = [...list].sort((a, b) => a.minute - b.minute).map(cellsOf);
      const shuffled = [...sorted].map((row, i) => ({ row, key: Math.imul(i + 1, seed | 1) })).sort((a, b) => a.key - b.key);
      const one = readTable(numbered([HEADER, ...sorted]));
      const other = readTable(numbered([HEADER, ...shuffled.map(({ row }) => row)]));
      if (!one.ok || !other.ok) throw new Error('a clean table was refused');
      expect(other.value.columns).toEqual(one.value.columns);
      expect(other.value.report.refused).toEqual([]);
    }),
  );
});

test('a spoilt row is refused with its own line, and the others are untouched', () => {
  fc.assert(
    fc.property(
      rows.filter((list) => list.length > 3),
      fc.nat(),
      fc.constantFrom(0, 1, 2, 3, 4),
      fc.constantFrom('', 'x', 'NaN', 'Infinity'),
      (list, at, column, text) => {
        const sorted = [...list].sort((a, b) => a.minute - b.minute).map(cellsOf);
        const spoilt = at % sorted.length;
        const cells = sorted.map((row, i) => (i === spoilt ? row.with(column, text) : row));
        const read = readTable(numbered([HEADER, ...cells]));
        const clean = readTable(numbered([HEADER, ...sorted.toSpliced(spoilt, 1)]));
        if (!read.ok || !clean.ok) throw new Error('a table with one bad row was refused');
        expect(read.value.report.refused.map(({ line }) => line)).toEqual([spoilt + 2]);
        expect(read.value.columns).toEqual(clean.value.columns);
      },
    ),
  );
});

test('bars survive their buffer, and a cut holds exactly the days asked for', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('equity' as const, 'fx' as const, 'crypto' as const),
      fc.nat(),
      fc.integer({ min: 2, max: 400 }),
      (kind, seed, bars) => {
        const columns = generateBars({ kind, seed, bars });
        const opened = openBars(createBars(columns, (bytes) => new SharedArrayBuffer(bytes)).buffer);
        if (!opened.ok) throw new Error(opened.faults[0].message);
        expect(verifyHash(opened.value)).toBe(true);
        const day = columns.localDate[bars >> 1]!;
        const iso = String(day).replace(/(....)(..)(..)/, '$1-$2-$3');
        const cut = cutRange(opened.value, iso, null);
        const wanted = columns.localDate.filter((date) => date >= day).length;
        expect(cut.ok ? cut.value.count : 'too short').toBe(wanted < 2 ? 'too short' : wanted);
      },
    ),
    { numRuns: 50 },
  );
});
