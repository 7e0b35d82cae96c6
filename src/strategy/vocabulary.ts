import { INDICATORS } from '../indicators/catalogue.ts';

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
const INDICATOR_FORMS = INDICATORS.map(
  ({ name, inputs, implied, params }) => [name, `${name}(${[...(implied ? [] : inputs), ...params].join(', ')})`] as const,
);

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
  'barindex hour minute dayofweek dayofmonth month year random hma vwma macd stoch cci mfi obv adx log exp pow'.split(' '),
);
