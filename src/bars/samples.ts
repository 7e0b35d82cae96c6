import type { GenerateSpec } from './spec.ts';

export type SampleKey = 'daily' | 'hourly' | 'minute';

/** A bundled market. All are synthetic, and said to be wherever they are shown. */
export interface Sample {
  readonly key: SampleKey;
  readonly title: string;
  readonly span: string; // time that the spec covers
  readonly symbol: string;
  readonly spec: GenerateSpec;
  readonly fileBars: number; // the file in public/samples holds this many first bars of the spec
  readonly note: string;
}

export const SAMPLES: Readonly<Record<SampleKey, Sample>> = {
  daily: {
    key: 'daily',
    title: 'Daily, equity-like',
    span: '10 years',
    symbol: 'SYN-D1',
    spec: { kind: 'equity', seed: 46, bars: 2520 },
    fileBars: 2520,
    note: 'Synthetic: generated from a seed, no real market.',
  },
  hourly: {
    key: 'hourly',
    title: 'Hourly, FX-like',
    span: '3 years',
    symbol: 'SYN-H1',
    spec: { kind: 'fx', seed: 9, bars: 18_720 },
    fileBars: 18_720,
    note: 'Synthetic: generated from a seed, no real market.',
  },
  minute: {
    key: 'minute',
    title: 'Minute, crypto-like',
    span: '1 year',
    symbol: 'SYN-M1',
    spec: { kind: 'crypto', seed: 13, bars: 525_600 },
    fileBars: 150_000,
    note: 'Synthetic: generated from a seed, no real market.',
  },
};
