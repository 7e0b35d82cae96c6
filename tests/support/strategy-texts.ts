import fc from 'fast-check';
import { INDICATORS } from '../../src/indicators/catalogue.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';

/** Texts by the grammar of docs/strategy-language.md: most are read to their end, many compile. */

/** Mostly what a period may be. */
const period = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 2, max: 40 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('n_a', '0', '2.5') },
);
const number = fc.oneof(fc.nat(60).map(String), fc.constantFrom('0', '1', '2.5', '.5', '0.01', '100'));
const sources = 'open high low close volume hl2 hlc3 ohlc4 tr year month dayofmonth dayofweek hour minute barindex'.split(' ');
const held = 'bars_held entry_price max_since_entry min_since_entry open_profit'.split(' ');
const names = [...'abcd'].flatMap((letter) => [`n_${letter}`, `s_${letter}`, `c_${letter}`]);
const kinds = 'sma ema wma hma close hl2 n_a s_a c_a missing'.split(' ');

const HEADER = `n_a = param(5, 3..9 by 1)
n_b = param(3, [2, 4])
n_c = 7
s_a = sma(close, n_a)
s_b = high - low
c_a = param(true)
c_b = close > s_a`;

type Nodes = Record<'num' | 'ser' | 'cond', string>;

const { num, ser, cond } = fc.letrec<Nodes>((tie) => ({
  num: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'text' },
    { weight: 6, arbitrary: number },
    { weight: 4, arbitrary: fc.constantFrom('n_a', 'n_b', 'n_c') },
    {
      weight: 1,
      arbitrary: fc.tuple(tie('num'), fc.constantFrom('+', '-', '*', '/'), tie('num')).map((parts) => parts.join(' ')),
    },
    { weight: 1, arbitrary: tie('num').map((a) => `(${a})`) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('round', 'abs', 'ceil', 'log', 'exp'), tie('num')).map(([f, a]) => `${f}(${a})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('min', 'max', 'pow'), tie('num'), tie('num')).map(([f, a, b]) => `${f}(${a}, ${b})`),
    },
    { weight: 1, arbitrary: tie('num').map((a) => `-${a}`) },
  ),
  ser: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'text' },
    { weight: 16, arbitrary: fc.constantFrom(...sources) },
    { weight: 8, arbitrary: fc.constantFrom('s_a', 's_b') },
    { weight: 1, arbitrary: fc.constantFrom(...held) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(...INDICATORS).chain((one) => argumentsOf(one, tie('ser'), tie('cond'), number)),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom(...kinds), tie('ser'), tie('num')).map(([k, a, n]) => `ma(${k}, ${a}, ${n})`),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('ser'), fc.constantFrom('+', '-', '*', '/'), fc.oneof(tie('ser'), tie('num')))
        .map((parts) => parts.join(' ')),
    },
    { weight: 1, arbitrary: fc.tuple(tie('ser'), period).map(([a, n]) => `${a}[${n}]`) },
    { weight: 1, arbitrary: tie('ser').map((a) => `(${a})`) },
    { weight: 1, arbitrary: fc.tuple(tie('cond'), tie('ser'), tie('num')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('1D', '1W', '1M', '4h', '15m', '7m', 'x'), tie('ser'))
        .map(([f, a]) => `tf("${f}", ${a})`),
    },
    { weight: 1, arbitrary: tie('num').map((n) => `random(${n})`) },
  ),
  cond: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'text' },
    {
      weight: 6,
      arbitrary: fc
        .tuple(tie('ser'), fc.constantFrom('>', '>=', '<', '<=', '==', '!='), fc.oneof(tie('ser'), tie('num')))
        .map((parts) => parts.join(' ')),
    },
    { weight: 2, arbitrary: fc.constantFrom('c_a', 'c_b', 'true', 'false') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('crossover', 'crossunder', 'cross'), tie('ser'), tie('ser'))
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('rising', 'falling'), tie('ser'), tie('num')).map(([f, a, n]) => `${f}(${a}, ${n})`),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(tie('cond'), fc.constantFrom('and', 'or', 'and\n '), tie('cond')).map((parts) => parts.join(' ')),
    },
    { weight: 1, arbitrary: tie('cond').map((c) => `not (${c})`) },
    { weight: 1, arbitrary: fc.tuple(tie('cond'), tie('num')).map(([c, n]) => `(${c})[${n}]`) },
    { weight: 1, arbitrary: fc.constantFrom('session("0930-1600")', 'session("2200-0200:6")', 'session("x")', 'na(close)') },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('1D', '1W'), tie('cond')).map(([f, c]) => `tf("${f}", ${c})`) },
  ),
}));

function argumentsOf(
  { name, inputs, params }: (typeof INDICATORS)[number],
  series: fc.Arbitrary<string>,
  condition: fc.Arbitrary<string>,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const given = inputs.filter(({ kind }) => kind !== 'column').map(({ kind }) => (kind === 'condition' ? condition : series));
  return fc
    .tuple(...given, ...params.map(({ kind }) => (kind === 'period' ? period : value)))
    .map((args) => `${name}(${args.join(', ')})`);
}

const range = fc.oneof(
  fc
    .tuple(fc.nat(9), fc.nat(40), fc.constantFrom('1', '5', '0.5'))
    .map(([low, more, step]) => `, ${low}..${low + more} by ${step}`),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(12)).map(([low, steps]) => `, ${low}..${low * 100} log ${steps}`),
  fc.array(number, { minLength: 1, maxLength: 4 }).map((values) => `, [${values.join(', ')}]`),
  fc.constantFrom('', ', fast+5..200 by 5'),
);
const percent = num.map((n) => (/^[\d.]+$/.test(n) ? `${n}%` : `(${n})%`));
const side = fc.constantFrom('', 'long ', 'short ');
const statement = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('n_a', 'n_b', 'n_c'), number, range)
      .map(([name, value, rest]) => `${name} = param(${value}${rest})`),
  },
  { weight: 1, arbitrary: fc.constantFrom('c_a', 'c_b').map((name) => `${name} = param(true)`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('s_a', 'kind'), fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }))
      .map(([name, options]) => `${name} = choice(${options.join(', ')})`),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...names), fc.oneof(ser, num, cond)).map(([name, value]) => `${name} = ${value}`),
  },
  { weight: 1, arbitrary: fc.tuple(num, fc.constantFrom('<', '<=', '!='), num).map((parts) => `require ${parts.join(' ')}`) },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom('long', 'short'), cond).map(([one, c]) => `enter ${one} when ${c}`) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('long', 'short'), cond).map(([one, c]) => `exit ${one} when ${c}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('stop', 'target', 'trail', 'breakeven'),
        side,
        fc.oneof(
          percent,
          num,
          ser,
          ser.map((a) => `at ${a}`),
        ),
      )
      .map(([word, one, amount]) => `${word} ${one}${amount}`),
  },
  { weight: 1, arbitrary: fc.tuple(side, num).map(([one, n]) => `exit ${one}after ${n} bars`) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      percent.map((p) => `size ${p}`),
      percent.map((p) => `size risk ${p}`),
      fc.tuple(percent, ser).map(([p, a]) => `size volatility ${p} per ${a}`),
      num.map((n) => `size ${n} units`),
      ser.map((a) => `size ${a} cash`),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '// a note', '//x', '  ') },
);

/** By the grammar; most begin with definitions that the others read. */
export const grammarTexts = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: fc.constant(HEADER) }, { weight: 1, arbitrary: fc.constant('') }),
    fc.array(statement, { minLength: 1, maxLength: 6 }),
  )
  .map(([header, lines]) => [header, ...lines].join('\n'));

const SOUP =
  'enter exit long short when require param choice by log true and or not stop target trail size at per risk tf session breakeven after bars close open high sma ema ma rsi crossover kind fast slow f s __proto__ constructor toString 2 10 0.5 -1 .. ( ) [ ] , = == < > + - * / % ? : & " \n // ✓ "1D"'.split(
    ' ',
  );

/** Words in any order. */
export const soups = fc.array(fc.constantFrom(...SOUP), { maxLength: 60 }).map((words) => words.join(' '));

/** Good texts with pieces cut out and put in. */
export const mutants = fc
  .tuple(
    fc.oneof(fc.constantFrom(...BUILT_INS.map(({ text }) => text)), grammarTexts),
    fc.array(fc.tuple(fc.nat(600), fc.nat(12), fc.constantFrom(...SOUP, '')), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, cuts]) => cuts.reduce((all, [at, length, insert]) => all.slice(0, at) + insert + all.slice(at + length), text));

/** Everything that somebody may paste. */
export const anyTexts = fc.oneof(
  { weight: 6, arbitrary: grammarTexts },
  { weight: 2, arbitrary: mutants },
  { weight: 1, arbitrary: soups },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
);
