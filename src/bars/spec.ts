import { failed, fault, ok, type Outcome } from '../core/fault.ts';

/** What makes a synthetic market: equal specs give equal bytes on every machine; fewer bars are a prefix of more. */
export interface GenerateSpec {
  readonly kind: 'equity' | 'fx' | 'crypto'; // daily sessions, hourly on five days a week, every minute
  readonly seed: number; // integer, 0 … 2^53 − 1
  readonly bars: number; // integer, 2 … MAX_GENERATED_BARS
}

export const MAX_GENERATED_BARS = 2_000_000;

/** Checks a spec that came from outside. */
export function checkGenerateSpec(spec: GenerateSpec): Outcome<GenerateSpec> {
  if (!Number.isInteger(spec.bars) || spec.bars < 2 || spec.bars > MAX_GENERATED_BARS) {
    const place = { kind: 'key', path: 'data.generate.bars' } as const;
    return failed(fault('bad_bars', `${spec.bars} bars cannot be generated.`, `Ask for 2 to ${MAX_GENERATED_BARS}.`, place));
  }
  if (!Number.isSafeInteger(spec.seed) || spec.seed < 0) {
    const place = { kind: 'key', path: 'data.generate.seed' } as const;
    return failed(fault('bad_seed', `${spec.seed} is not a seed.`, 'Write a whole number from 0 on.', place));
  }
  return ok(spec);
}
