import { generateBars } from '../bars/generate.ts';
import { loadMarket } from './load-market.ts';

/** Just above the size from which tables are read the fast way. */
const ROWS = 9500;
/** The second reading runs what the first one had compiled. */
const ROUNDS = 2;

/** Reads a table of its own, so that the reader is compiled when a person's first file arrives. */
export async function warmReader(): Promise<void> {
  const { time, open, high, low, close, volume } = generateBars({ kind: 'crypto', seed: 1, bars: ROWS });
  let text = 'time,open,high,low,close,volume\n';
  for (let i = 0; i < ROWS; i++) {
    const prices = [open[i]!, high[i]!, low[i]!, close[i]!].map((price) => price.toFixed(4)).join(',');
    text += `${time[i]!},${prices},${volume[i]!.toFixed(2)}\n`;
  }
  const source = { kind: 'file', file: new Blob([text]), name: '' } as const;
  for (let round = 0; round < ROUNDS; round++) await loadMarket({ source }, (bytes) => new ArrayBuffer(bytes));
}
