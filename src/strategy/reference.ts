import { FAMILIES } from '../indicators/catalogue.ts';
import type { Indicator } from '../indicators/indicator.ts';
import { INDICATOR_NOTES } from '../indicators/notes.ts';
import { WORDS } from '../language/expression.ts';
import type { CalendarName, HeldTerm } from './plan.ts';
import { LANGUAGE_FORMS, type LanguageFunction } from './vocabulary.ts';

/** Something that a text can hold: what completion, help and docs/strategy-language.md are made from. */
export interface ReferenceEntry {
  /** The word to type: a name, or the first word of a statement. */
  readonly name: string;
  readonly kind: 'statement' | 'series' | 'position' | 'function' | 'word';
  /** Heading to list it under. */
  readonly group: string;
  /** As it is written, defaults included. */
  readonly signature: string;
  /** One line. */
  readonly about: string;
  /** Of indicators. */
  readonly formula?: string;
  readonly seeding?: string;
  readonly source?: string;
  /** Of indicators: whether bars after the warm-up may have no value. */
  readonly sparse?: boolean;
}

const LANGUAGE_NOTES: Readonly<Record<LanguageFunction, string>> = {
  crossover: 'a > b and a[1] <= b[1]: a comes from below.',
  crossunder: 'a < b and a[1] >= b[1]: a comes from above.',
  cross: 'Either of the two.',
  rising: 'Whether x is above each of the n values before it.',
  falling: 'Whether x is below each of the n values before it.',
  ma: 'The average of that kind, or of a choice of kinds.',
  na: 'Whether x has no value.',
  random: 'Uniform in [0, 1), from the seed and the bar’s time alone.',
  session: 'Whether the bar opens in that part of the day; days may follow, as in "0930-1600:23456", 1 is Sunday.',
  tf: 'x over the bars of a higher time frame, only such that are over: "15m", "4h", "1D", "1W", "1M".',
  min: 'The smallest of two to eight.',
  max: 'The largest of two to eight.',
  abs: 'Without its sign.',
  sign: '1, 0 or −1.',
  round: 'The nearest whole number, halves up.',
  floor: 'The next whole number below.',
  ceil: 'The next whole number above.',
  sqrt: 'Square root.',
  log: 'Natural logarithm.',
  exp: 'e to the power of x.',
  pow: 'a to the power of b.',
};

const SERIES_NOTES: Readonly<Record<string, string>> = {
  open: 'First price of the bar.',
  high: 'Highest price of the bar.',
  low: 'Lowest price of the bar.',
  close: 'Last price of the bar.',
  volume: 'Volume of the bar, 0 where the file has none.',
  hl2: '(high + low) ÷ 2',
  hlc3: '(high + low + close) ÷ 3',
  ohlc4: '(open + high + low + close) ÷ 4',
};

const CALENDAR_NOTES: Readonly<Record<CalendarName, string>> = {
  year: 'Year of the bar’s open, by the clock of the bars’ zone.',
  month: '1 to 12.',
  dayofmonth: '1 to 31.',
  dayofweek: '1 is Sunday, 7 Saturday.',
  hour: '0 to 23.',
  minute: '0 to 59.',
  barindex: '0 at the first bar.',
};

const POSITION_NOTES: Readonly<Record<HeldTerm, string>> = {
  bars_held: 'Bars since the bar of the entry fill, where it is 0.',
  entry_price: 'Price of the entry fill, slippage included.',
  max_since_entry: 'Highest high since the entry, its bar left out where the fill was at that close.',
  min_since_entry: 'Lowest low since the entry, likewise.',
  open_profit: 'close ÷ entry price − 1, the sign turned for a short position: a fraction.',
};

const STATEMENTS: readonly (readonly [name: string, signature: string, about: string])[] = [
  ['param', 'n = param(10, 5..50 by 1)', 'A parameter: default, range with both ends included, step.'],
  ['param', 'n = param(100, 1..1000 log 13)', '13 values in equal ratios.'],
  ['param', 'n = param(10, [5, 10, 20])', 'A list of values.'],
  ['param', 'n = param(10)', 'One value, which the form can widen.'],
  ['param', 'on = param(true)', 'A flag: both values are swept.'],
  ['choice', 'kind = choice(sma, ema)', 'One of some names: of averages, of series, of values of the text.'],
  ['require', 'require fast < slow', 'Combinations where it does not hold are left out.'],
  ['enter', 'enter long when …', 'Enters while the condition is true and there is no position; `short` likewise.'],
  ['exit', 'exit long when …', 'Leaves; `short` likewise.'],
  ['exit', 'exit after 40 bars', 'Leaves at the open of the 40th bar after the entry’s.'],
  ['stop', 'stop 2%', 'Leaves at a loss of so much from the entry fill; `stop (sl)%` of a parameter.'],
  ['stop', 'stop atr(14) * 3', 'The same, as a distance in units of the price.'],
  ['stop', 'stop long at close * 0.98', 'Leaves at a price that is read on the signal bar.'],
  ['target', 'target 6%', 'Leaves at a gain of so much; a distance and `at` as for `stop`.'],
  ['trail', 'trail 3%', 'Leaves so far behind the best price since the entry; a distance as for `stop`.'],
  ['breakeven', 'breakeven 2%', 'Moves the stop to the entry fill once the price has gone so far in favour.'],
  ['size', 'size 50%', 'Entries for that part of the equity.'],
  ['size', 'size 10000 cash', 'Entries for that much money.'],
  ['size', 'size 100 units', 'Entries of so many units.'],
  ['size', 'size risk 1%', 'So much that the stop loses that part of the equity.'],
  ['size', 'size volatility 1% per atr(14)', 'So much that a move by the series is that part of the equity.'],
];

const WORD_NOTES: Readonly<Record<string, string>> = {
  and: 'Both conditions.',
  or: 'Either condition, or both.',
  not: 'The contrary.',
  true: 'Always.',
  false: 'Never.',
};

/** Everything, group by group, in the order of docs/strategy-language.md. */
export function referenceEntries(): readonly ReferenceEntry[] {
  const series = (group: string, notes: Readonly<Record<string, string>>, kind: 'series' | 'position'): ReferenceEntry[] =>
    Object.entries(notes).map(([name, about]) => ({ name, kind, group, signature: name, about }));
  return [
    ...STATEMENTS.map(([name, signature, about]): ReferenceEntry => ({
      name,
      kind: 'statement',
      group: 'Statements',
      signature,
      about,
    })),
    ...series('Prices', SERIES_NOTES, 'series'),
    ...series('Calendar', CALENDAR_NOTES, 'series'),
    ...series('Position, in exits only', POSITION_NOTES, 'position'),
    ...Object.entries(LANGUAGE_FORMS).map(([name, signature]): ReferenceEntry => ({
      name,
      kind: 'function',
      group: 'Crossings, logic, mathematics',
      signature,
      about: LANGUAGE_NOTES[name as LanguageFunction],
    })),
    ...FAMILIES.flatMap(({ title, indicators }) => indicators.map((indicator) => indicatorEntry(title, indicator))),
    ...[...WORDS].flatMap((name): ReferenceEntry[] => {
      const about = WORD_NOTES[name];
      return about === undefined ? [] : [{ name, kind: 'word', group: 'Words', signature: name, about }];
    }),
  ];
}

function indicatorEntry(group: string, indicator: Indicator): ReferenceEntry {
  const notes = INDICATOR_NOTES[indicator.name]!;
  const { name, sparse } = indicator;
  return { name, kind: 'function', group, signature: signatureOf(indicator), ...notes, sparse };
}

/** `highest(x = high, n)`, `bbupper(x, n, mult = 2)`. */
export function signatureOf({ name, inputs, params }: Indicator): string {
  const given = inputs.flatMap(({ kind, name: input, column }) =>
    kind === 'column' ? [] : [column === null || column === input ? input : `${input} = ${column}`],
  );
  const numbers = params.map((param) => (param.value === null ? param.name : `${param.name} = ${param.value}`));
  const args = [...given, ...numbers];
  return args.length === 0 ? name : `${name}(${args.join(', ')})`;
}

/** The reference as tables of Markdown, a heading per group. */
export function referenceMarkdown(): string {
  const groups = new Map<string, ReferenceEntry[]>();
  for (const entry of referenceEntries()) {
    if (entry.kind === 'word') continue;
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  }
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  return [...groups]
    .map(([group, entries]) => {
      const rows = entries.map(({ signature, about, formula, seeding }) => {
        const more = [formula === undefined ? '' : `\`${formula}\``, seeding ?? ''].filter((part) => part !== '').join('. ');
        return `| \`${cell(signature)}\` | ${cell(about)}${more === '' ? '' : ` ${cell(more)}`} |`;
      });
      return [`### ${group}`, '', '| written | meaning |', '| --- | --- |', ...rows].join('\n');
    })
    .join('\n\n');
}
