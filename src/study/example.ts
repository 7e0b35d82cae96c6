import { SAMPLES } from '../bars/samples.ts';
import { countSpace } from '../space/count.ts';
import { compileStrategy } from '../strategy/compile.ts';
import { BUILT_INS } from '../strategy/library/index.ts';

/** The study of the first visit. */
export const EXAMPLE = { strategy: 'ma-cross', sample: 'daily' } as const;

/** What "Run the example" would do. @param nsPerBarTrial in one worker */
export function exampleSize(workers: number, nsPerBarTrial: number): { readonly trials: number; readonly ms: number } {
  const builtIn = BUILT_INS.find(({ name }) => name === EXAMPLE.strategy);
  const compiled = builtIn === undefined ? null : compileStrategy(builtIn.text);
  const trials = compiled?.ok === true ? Number(countSpace(compiled.value.space).feasible) : 0;
  return { trials, ms: (trials * SAMPLES[EXAMPLE.sample].spec.bars * nsPerBarTrial) / workers / 1e6 };
}
