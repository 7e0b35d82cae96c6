import * as v from 'valibot';
import { didYouMean } from '../language/suggest.ts';

// The message of each check is the advice that a person gets; the value and the key are added to it.

export const asText = (input: unknown): string => (typeof input === 'string' ? input : '');
const either = (words: readonly string[]): string => words.join(', ').replace(/, (?=[^,]*$)/, ' or ');
export const amount = (what: string, advice: string, test: (x: number) => boolean) =>
  v.pipe(
    v.number(advice),
    v.check((x) => Number.isFinite(x) && test(x), advice),
    v.description(what),
  );
export const pick = <const T extends readonly string[]>(what: string, options: T) =>
  v.pipe(
    v.picklist(options, ({ input }) =>
      didYouMean(asText(input), options, `Write ${either(options.map((option) => JSON.stringify(option)))}.`),
    ),
    v.description(what),
  );
export const SPELLED = 'Write a range such as "5..50 by 1", or a list of values.';
