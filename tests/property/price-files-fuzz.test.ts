import { expect, test } from 'vitest';
import { uniform } from '../../src/core/random.ts';
import { readPrices } from '../../src/workers/read-prices.ts';
import { barsOf, VENDOR_LAYOUTS } from '../support/vendor-layouts.ts';

// Files of vendors, spoilt: bytes flipped, rows cut, columns exchanged, separators changed. A seeded part of the runs of test:long.

const RUNS = process.env['LONG'] === undefined ? 5000 : 50_000;
const SOURCES = VENDOR_LAYOUTS.map((layout) => new TextEncoder().encode(layout.write(barsOf(layout)).slice(0, 900)));
const SEPARATORS = [',', ';', '\t', '|', ' ', '"', '\n', '.', '-', '/', ':', '\u0000'];

type Below = (most: number) => number;

/** Bytes of one vendor with a few changes; equal seeds give equal bytes. */
function spoil(source: Uint8Array, below: Below): Uint8Array<ArrayBuffer> {
  let bytes = Uint8Array.from(source);
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(bytes.length);
    switch (below(5)) {
      case 0:
        for (let k = 0; k < 3; k++) bytes[below(bytes.length)] = below(256);
        break;
      case 1:
        bytes = bytes.slice(0, at + 1);
        break;
      case 2:
        bytes = Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(Math.min(bytes.length, at + below(60))));
        break;
      case 3:
        bytes = exchanged(bytes, SEPARATORS[below(4)]!, SEPARATORS[below(SEPARATORS.length)]!);
        break;
      default:
        bytes = columnsSwapped(bytes, below);
    }
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}

function exchanged(bytes: Uint8Array, from: string, to: string): Uint8Array<ArrayBuffer> {
  const [a, b] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Uint8Array.from(bytes, (byte) => (byte === a ? b : byte));
}

function columnsSwapped(bytes: Uint8Array, below: Below): Uint8Array<ArrayBuffer> {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const [a, b] = [below(7), below(7)];
  const swapped = lines.map((line) => {
    const cells = line.split(',');
    if (cells.length <= Math.max(a, b)) return line;
    return cells.with(a, cells[b]!).with(b, cells[a]!).join(',');
  });
  return new TextEncoder().encode(swapped.join('\n'));
}

test(
  `${RUNS} spoilt files are read or refused, and what is read are bars`,
  async () => {
    let drawn = 0;
    const below: Below = (most) => Math.min(most - 1, Math.floor(uniform(7, drawn++) * most));
    let readable = 0;
    for (let run = 0; run < RUNS; run++) {
      const bytes = spoil(SOURCES[run % SOURCES.length]!, below);
      const started = performance.now();
      const read = await readPrices(new Blob([bytes]), { answers: {}, dayFirst: run % 2 === 0 });
      expect(performance.now() - started, `run ${run} hangs`).toBeLessThan(10_000);
      if (!read.ok) {
        expect(read.faults[0].code).toMatch(/^[a-z_]+$/);
        expect(read.faults[0].message).not.toBe('');
        continue;
      }
      readable++;
      const { series, report } = read.value;
      expect(JSON.stringify(report).length, `run ${run}`).toBeGreaterThan(0);
      for (const { columns, ticks } of series) {
        const { count, time, open, high, low, close, volume } = columns;
        let wrong = 0;
        for (let i = 0; i < count; i++) {
          if (!(open[i]! + high[i]! + low[i]! + close[i]! < Infinity && volume[i]! >= 0)) wrong++;
          if (i > 0 && !(ticks ? time[i]! >= time[i - 1]! : time[i]! > time[i - 1]!)) wrong++;
        }
        expect(wrong, `run ${run}`).toBe(0);
      }
    }
    expect(readable).toBeGreaterThan(RUNS / 10);
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  RUNS * 20 + 60_000,
);
