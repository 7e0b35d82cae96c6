import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DAY_MS } from '../bars/calendar.ts';
import { generateBars } from '../bars/generate.ts';
import { priceDecimals } from '../bars/measure.ts';
import { SAMPLES, type Sample } from '../bars/samples.ts';

const MAX_FILE_BYTES = 2_000_000;

/** "2015-01-02" on days, "2023-01-01T00:01Z" within them. */
function timeText(ms: number, daily: boolean): string {
  const iso = new Date(ms).toISOString();
  return daily ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`;
}

function sampleCsv({ spec, fileBars }: Sample): string {
  const columns = generateBars({ ...spec, bars: fileBars });
  const { count, time, open, high, low, close, volume } = columns;
  const digits = priceDecimals(columns);
  const daily = time.every((ms) => ms % DAY_MS === 0);
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < count; i++) {
    const prices = [open, high, low, close].map((column) => column[i]!.toFixed(digits));
    lines.push(`${timeText(time[i]!, daily)},${prices.join(',')},${volume[i]!}`);
  }
  return `${lines.join('\n')}\n`;
}

const folder = process.argv[2] ?? 'public/samples';
mkdirSync(folder, { recursive: true });
for (const sample of Object.values(SAMPLES)) {
  const bytes = gzipSync(sampleCsv(sample), { level: 9 }); // Node writes no time of creation into it
  if (bytes.length >= MAX_FILE_BYTES) throw new Error(`${sample.key} has ${bytes.length} bytes; lower its fileBars.`);
  writeFileSync(join(folder, `${sample.key}.csv.gz`), bytes);
  process.stdout.write(`${sample.key}.csv.gz: ${sample.fileBars} bars, ${bytes.length} bytes\n`);
}
