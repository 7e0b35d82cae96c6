import type { GenerateSpec } from './spec.ts';

export type SampleKey = 'daily' | 'hourly' | 'minute';

/** A bundled market. All are synthetic, and said to be wherever they are shown. */
export interface Sample {
  readonly key: SampleKey;
  readonly title: string;
  readonly symbol: string;
  readonly spec: GenerateSpec;
  readonly fileBars: number; // the file in public/samples holds this many first bars of the spec
  readonly note: string;
}

export const SAMPLES: Readonly<Record<SampleKey, Sample>> = {
  daily: {
    key: 'daily',
    title: 'Daily, like a share, 10 years',
    symbol: 'SYNTH-SHARE',
    spec: { kind: 'equity', seed: 17, bars: 2520 },
    fileBars: 2520,
    note: 'Synthetic: generated from a seed, no real market.',
  },
  hourly: {
    key: 'hourly',
    title: 'Hourly, like a currency pair, 3 years',
    symbol: 'SYNTH-PAIR',
    spec: { kind: 'fx', seed: 9, bars: 18_720 },
    fileBars: 18_720,
    note: 'Synthetic: generated from a seed, no real market.',
  },
  minute: {
    key: 'minute',
    title: 'One minute, like a coin, 1 year',
    symbol: 'SYNTH-COIN',
    spec: { kind: 'crypto', seed: 13, bars: 525_600 },
    fileBars: 150_000,
    note: 'Synthetic: generated from a seed, no real market.',
  },
};
