import { METHODS, type MethodName } from '../search/spec.ts';

/** A search that ran before another one, as a document spells it: `sobol 1000 seed 1 by 64`. */
export interface StepText {
  readonly method: MethodName;
  readonly trials?: number; // that it ran
  readonly seed?: number;
  readonly generation?: number;
}

const SPELLED = /^([a-z]+) (\d{1,10})(?: seed (\d{1,15}))?(?: by (\d{1,6}))?$/;

/** Null where the text is no such search. */
export function readStep(text: string): StepText | null {
  const [, name, trials, seed, generation] = SPELLED.exec(text) ?? [];
  const method = METHODS.find((one) => one === name);
  if (method === undefined) return null;
  return {
    method,
    trials: Number(trials),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(generation === undefined || Number(generation) < 1 ? {} : { generation: Number(generation) }),
  };
}

export function spellStep({ method, trials = 0, seed, generation }: StepText): string {
  const more = [seed === undefined ? '' : ` seed ${seed}`, generation === undefined ? '' : ` by ${generation}`];
  return `${method} ${trials}${more.join('')}`;
}
