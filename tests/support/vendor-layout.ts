import { generateBars, type GenerateSpec } from '../../src/bars/generate.ts';

/** One bar as a vendor would have it. */
export interface VendorBar {
  readonly t: number; // ms since 1970
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
}

/** The layout of one vendor's files: prices are made, the layout is theirs. */
export interface VendorLayout {
  readonly name: string; // of the file
  readonly kind: GenerateSpec['kind'];
  readonly bars: number;
  readonly scale?: number; // prices are multiplied by it first
  readonly lacks?: 'volume'; // what the layout does not carry
  readonly shortVolume?: true; // the layout writes a volume in hundredths of a million
  readonly answers?: Readonly<Record<string, string>>; // what the file leaves open
  write(bars: readonly VendorBar[]): string;
}

export function barsOf({ kind, bars, scale = 1 }: VendorLayout): VendorBar[] {
  const { time, open, high, low, close, volume } = generateBars({ kind, seed: 70, bars });
  const price = (value: number): number => Number((value * scale).toFixed(kind === 'fx' ? 5 : 2));
  return Array.from(time, (t, i) => ({
    t,
    o: price(open[i]!),
    h: price(high[i]!),
    l: price(low[i]!),
    c: price(close[i]!),
    v: Math.round(volume[i]!) + 1000,
  }));
}
