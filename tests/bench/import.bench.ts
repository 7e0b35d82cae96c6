import { generateBars } from '../../src/bars/generate.ts';
import { loadMarket } from '../../src/workers/load-market.ts';

// From the bytes of a price file to checked bars in shared memory. Processor time counts where other programs run beside it.

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

function makeFile(rows: number, quoted: boolean): Blob {
  const { time, open, high, low, close, volume } = generateBars({ kind: 'crypto', seed: 5, bars: rows });
  const parts: string[] = ['time,open,high,low,close,volume\n'];
  for (let i = 0; i < rows; i++) {
    const row = `${time[i]},${open[i]},${high[i]},${low[i]},${close[i]},${volume[i]}`;
    parts.push(quoted ? `"${row.replaceAll(',', '","')}"\n` : `${row}\n`);
  }
  return new Blob([parts.join('')]); // one part: a blob of many is slow to cut
}

for (const [rows, quoted] of [
  [100_000, false],
  [1_000_000, false],
  [100_000, true],
] as const) {
  const file = makeFile(rows, quoted);
  for (let run = 0; run < 3; run++) {
    const before = process.memoryUsage().rss;
    const cpu = process.cpuUsage();
    const started = performance.now();
    const read = await loadMarket({ source: { kind: 'file', file, name: 'bench.csv' } }, shared);
    const { user, system } = process.cpuUsage(cpu);
    if (!read.ok) throw new Error(read.faults[0].message);
    const size = `${rows} rows, ${(file.size / 1e6).toFixed(0)} MB, ${quoted ? 'quoted' : 'plain'}`;
    const times = `${(performance.now() - started).toFixed(0)} ms, processor ${((user + system) / 1000).toFixed(0)} ms`;
    console.log(`${size}: ${times}, memory +${((process.memoryUsage().rss - before) / 1e6).toFixed(0)} MB`);
  }
}
