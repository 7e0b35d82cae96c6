import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { sliceColumns } from '../../src/bars/columns.ts';
import { readPrices } from '../support/price-file.ts';

/** Results of other programs over real price files: BARSWEEP_REFERENCE names the folder that holds `results/` and `data/`. */
const folder = process.env['BARSWEEP_REFERENCE'] ?? '';
const results = join(folder, 'results');
export const present = folder !== '' && existsSync(results);

export interface ReferenceTrade {
  readonly entryBar: number;
  readonly exitBar: number;
  readonly size: number; // signed
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly pnl: number;
}

/** One run in full. */
export interface Result {
  readonly params: Readonly<Record<string, number>>;
  readonly commission: number;
  readonly margin: number | null;
  readonly bust?: boolean;
  readonly numTrades: number;
  readonly finalEquity: number;
  readonly equityMean?: number;
  readonly trades?: readonly ReferenceTrade[];
  readonly openTrade?: { readonly entryBar: number; readonly size: number; readonly entryPrice: number } | null;
  readonly equityAt: { readonly bars: readonly number[]; readonly equity: readonly number[] };
  readonly plain?: Readonly<Record<string, number | null>>;
  readonly vectorbt?: Readonly<Record<string, number | null>>;
}

/** A file of runs, or of a grid's rows. */
export interface ResultFile {
  readonly engine: string;
  readonly dataFile: string;
  readonly bars: number; // the first ones of the file
  readonly firstBar: Readonly<Record<'open' | 'high' | 'low' | 'close', number>>;
  readonly lastBar: Readonly<Record<'open' | 'high' | 'low' | 'close', number>>;
  readonly strategy: string;
  readonly execution: 'next-open' | 'close';
  readonly finalizeTrades: boolean;
  readonly initialCash: number;
  readonly barsPerYear: number;
  readonly sizing?: string;
  readonly commission?: number;
  readonly params?: readonly string[];
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly (number | boolean | null)[])[];
  readonly results?: readonly Result[];
}

export interface TieFile {
  readonly sets: readonly {
    readonly dataFile: string;
    readonly bars: number;
    readonly cases: readonly {
      readonly fast: number;
      readonly slow: number;
      readonly tieBars: readonly number[];
      readonly strictUp: readonly number[];
      readonly strictDown: readonly number[];
      readonly memoryUp: readonly number[];
      readonly memoryDown: readonly number[];
    }[];
  }[];
}

export function resultFiles(pattern: RegExp): string[] {
  return present
    ? readdirSync(results)
        .filter((name) => pattern.test(name))
        .sort()
    : [];
}

export function readResults(name: string): unknown {
  return JSON.parse(readFileSync(join(results, name), 'utf8'));
}

const known = new Map<string, Bars>();

/** The file's first bars. */
export function pricesOf(dataFile: string, count: number): Bars {
  const key = `${dataFile} ${count}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const all = readPrices(join(folder, 'data', dataFile));
  const bars = all.count === count ? all : createBars(sliceColumns(all, 0, count), (bytes) => new ArrayBuffer(bytes));
  known.set(key, bars);
  return bars;
}
