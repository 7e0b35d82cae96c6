import { callForm, INDICATORS } from '../indicators/catalogue.ts';
import type { HeldTerm } from './plan.ts';

/** Built-in series and whether each lies on the price scale. */
export const SOURCES: ReadonlyMap<string, 'price' | 'own'> = new Map([
  ['open', 'price'],
  ['high', 'price'],
  ['low', 'price'],
  ['close', 'price'],
  ['volume', 'own'],
  ['hl2', 'price'],
  ['hlc3', 'price'],
  ['ohlc4', 'price'],
]);

/** What a held position adds; known in exits only. */
export const HELD_TERMS: ReadonlyMap<string, { readonly term: HeldTerm; readonly level: 'price' | 'own' }> = new Map(
  (
    [
      ['bars_held', 'own'],
      ['entry_price', 'price'],
      ['max_since_entry', 'price'],
      ['min_since_entry', 'price'],
      ['open_profit', 'own'],
    ] as const
  ).map(([term, level]) => [term, { term, level }]),
);

/** Functions of numbers or series, bar by bar, with their count of arguments. */
export const MATH_CALLS: ReadonlyMap<string, 1 | 2> = new Map([
  ['min', 2],
  ['max', 2],
  ['abs', 1],
  ['round', 1],
  ['floor', 1],
  ['ceil', 1],
  ['sqrt', 1],
]);

const MATH_FORMS = [...MATH_CALLS].map(([name, count]) => [name, count === 2 ? `${name}(a, b)` : `${name}(x)`] as const);
const INDICATOR_FORMS = INDICATORS.map((indicator) => [indicator.name, callForm(indicator)] as const);

/** Every function and the form of its call. */
export const CALLABLE: ReadonlyMap<string, string> = new Map([
  ['crossover', 'crossover(a, b)'],
  ['crossunder', 'crossunder(a, b)'],
  ['ma', 'ma(kind, x, n)'],
  ...MATH_FORMS,
  ...INDICATOR_FORMS,
]);

/** Names and functions of the full language that this version lacks; a text may define names of its own like them. */
export const LATER_NAMES: ReadonlySet<string> = new Set(
  'barindex hour minute dayofweek dayofmonth month year random log exp pow'.split(' '),
);
