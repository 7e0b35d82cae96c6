import { callForm, INDICATORS } from '../indicators/catalogue.ts';
import type { MathFn } from '../language/scalar.ts';
import type { CalendarName, HeldTerm } from './plan.ts';

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

/** Series of the calendar, by the clock of the bars' zone. */
export const CALENDAR: ReadonlySet<string> = new Set<CalendarName>([
  'year',
  'month',
  'dayofmonth',
  'dayofweek',
  'hour',
  'minute',
  'barindex',
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

/** Functions of numbers or series, bar by bar, with the least and largest count of arguments. */
const MATH = {
  min: [2, 8],
  max: [2, 8],
  abs: [1, 1],
  sign: [1, 1],
  round: [1, 1],
  floor: [1, 1],
  ceil: [1, 1],
  sqrt: [1, 1],
  log: [1, 1],
  exp: [1, 1],
  pow: [2, 2],
} as const satisfies Partial<Record<MathFn, readonly [least: number, most: number]>>;
export const MATH_CALLS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map(Object.entries(MATH));

/** Functions that are no indicators, and the forms of their calls. */
export const LANGUAGE_FORMS = {
  crossover: 'crossover(a, b)',
  crossunder: 'crossunder(a, b)',
  cross: 'cross(a, b)',
  rising: 'rising(x, n)',
  falling: 'falling(x, n)',
  ma: 'ma(kind, x, n)',
  na: 'na(x)',
  random: 'random(seed)',
  session: 'session("0930-1600")',
  tf: 'tf("1D", x)',
  min: 'min(a, b)',
  max: 'max(a, b)',
  abs: 'abs(x)',
  sign: 'sign(x)',
  round: 'round(x)',
  floor: 'floor(x)',
  ceil: 'ceil(x)',
  sqrt: 'sqrt(x)',
  log: 'log(x)',
  exp: 'exp(x)',
  pow: 'pow(a, b)',
} as const satisfies Record<keyof typeof MATH, string> & Record<string, string>;
export type LanguageFunction = keyof typeof LANGUAGE_FORMS;

const INDICATOR_FORMS = INDICATORS.map((indicator) => [indicator.name, callForm(indicator)] as const);

/** Every function and the form of its call. */
export const CALLABLE: ReadonlyMap<string, string> = new Map([...Object.entries(LANGUAGE_FORMS), ...INDICATOR_FORMS]);
