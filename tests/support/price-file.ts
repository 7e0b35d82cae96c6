import { readFileSync } from 'node:fs';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { fillLocal, makeColumns } from '../../src/bars/columns.ts';

/**
 * Reads a plain comma-separated price file with a header (Open, High, Low, Close, Volume), the time in its first cell; where the
 * rows have a cell more than the header, date and time are in the first two.
 */
export function readPrices(path: string): Bars {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',').map((name) => name.toLowerCase());
  const columns = makeColumns(lines.length);
  lines.forEach((line, i) => {
    const split = line.split(',');
    const cells = split.length > names.length ? [`${split[0]} ${split[1]}`, ...split.slice(2)] : split;
    const [day = '', clock = '00:00:00'] = cells[0]!.split(' ');
    columns.time[i] = Date.parse(`${day}T${clock}Z`);
    for (const key of ['open', 'high', 'low', 'close', 'volume'] as const) columns[key][i] = Number(cells[names.indexOf(key)]);
  });
  fillLocal(columns);
  return createBars(columns, (bytes) => new ArrayBuffer(bytes));
}
