import { callForm, INDICATORS } from '../indicators/catalogue.ts';
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
export const MATH_CALLS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['min', [2, 8]],
  ['max', [2, 8]],
  ['abs', [1, 1]],
  ['sign', [1, 1]],
  ['round', [1, 1]],
  ['floor', [1, 1]],
  ['ceil', [1, 1]],
  ['sqrt', [1, 1]],
  ['log', [1, 1]],
  ['exp', [1, 1]],
  ['pow', [2, 2]],
]);

const MATH_FORMS = [...MATH_CALLS].map(([name, [, most]]) => [name, most > 1 ? `${name}(a, b)` : `${name}(x)`] as const);
const INDICATOR_FORMS = INDICATORS.map((indicator) => [indicator.name, callForm(indicator)] as const);

/** Every function and the form of its call. */
export const CALLABLE: ReadonlyMap<string, string> = new Map([
  ['crossover', 'crossover(a, b)'],
  ['crossunder', 'crossunder(a, b)'],
  ['cross', 'cross(a, b)'],
  ['rising', 'rising(x, n)'],
  ['falling', 'falling(x, n)'],
  ['ma', 'ma(kind, x, n)'],
  ['na', 'na(x)'],
  ['random', 'random(seed)'],
  ['session', 'session("0930-1600")'],
  ['tf', 'tf("1D", x)'],
  ...MATH_FORMS,
  ...INDICATOR_FORMS,
]);
