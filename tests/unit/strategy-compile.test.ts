import { describe, expect, test } from 'vitest';
import { describeFault, type Fault } from '../../src/core/fault.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import type { Plan } from '../../src/strategy/plan.ts';

function plan(text: string): Plan {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults.map(describeFault).join('\n'));
  return compiled.value;
}

function faults(text: string): readonly Fault[] {
  const compiled = compileStrategy(text);
  return compiled.ok ? [] : compiled.faults;
}

/** "code line:column+length" of each fault. */
function brief(text: string): string[] {
  return faults(text).map(({ code, place }) =>
    place?.kind === 'text' ? `${code} ${place.line}:${place.column}+${place.length}` : code,
  );
}

const axis = (k: number) => ({ op: 'axis', axis: k });
const constant = (value: number) => ({ op: 'const', value });

test('the plan of a crossover, node by node', () => {
  const { nodes, rules, plots, warnings, space } = plan(`
kind = choice(sma, ema)
fast = param(10, 5..50 by 1)
slow = param(40, 20..200 by 5)
require fast < slow
f = ma(kind, close, fast)
s = ma(kind, close, slow)
enter long when crossover(f, s)
exit long when crossunder(f, s)
`);
  expect(nodes).toEqual([
    { type: 'series', op: 'source', source: 'close', deps: [] },
    { type: 'number', op: 'number', expr: axis(1), deps: [1] },
    { type: 'series', op: 'indicator', name: 'sma', inputs: [0], params: [1], deps: [1] },
    { type: 'series', op: 'indicator', name: 'ema', inputs: [0], params: [1], deps: [1] },
    { type: 'series', op: 'pick', axis: 0, options: [2, 3], deps: [0, 1] },
    { type: 'number', op: 'number', expr: axis(2), deps: [2] },
    { type: 'series', op: 'indicator', name: 'sma', inputs: [0], params: [5], deps: [2] },
    { type: 'series', op: 'indicator', name: 'ema', inputs: [0], params: [5], deps: [2] },
    { type: 'series', op: 'pick', axis: 0, options: [6, 7], deps: [0, 2] },
    { type: 'condition', op: 'cross', direction: 'over', left: 4, right: 8, deps: [0, 1, 2] },
    { type: 'condition', op: 'cross', direction: 'under', left: 4, right: 8, deps: [0, 1, 2] },
  ]);
  expect(rules).toMatchObject({ enterLong: 9, exitLong: 10, enterShort: null, exitShort: null });
  expect(plots).toEqual([
    { name: 'f', node: 4, pane: 'price' },
    { name: 's', node: 8, pane: 'price' },
  ]);
  expect(warnings).toEqual([]);
  expect(space.axes.map(({ name, size }) => [name, size])).toEqual([
    ['kind', 2],
    ['fast', 46],
    ['slow', 37],
  ]);
  expect(space.constraints).toEqual([
    {
      expr: { op: 'compare', fn: 'lt', left: axis(1), right: axis(2) },
      text: 'fast < slow',
      axes: [1, 2],
      place: { kind: 'text', line: 5, column: 9, length: 11 },
    },
  ]);
});

test('equal subexpressions are one node, whatever their names and the order of `and`, `or`, `+`', () => {
  const merged = plan(`a = sma(close, 5) + sma(open, 7)
b = sma(open, 7) + sma(close, 2 + 3)
enter long when a > high and b > low
exit long when b > low and a > high or a > high and b > low`);
  expect(merged.rules.enterLong).toBe(merged.rules.exitLong);
  expect(merged.nodes.filter((node) => node.op === 'indicator')).toHaveLength(2);
});

test('texts that say the same in other words have one hash', () => {
  const one = plan('n = param(5, 2..9 by 1)\nx = sma(close, n)\nenter long when close > x and volume > 0');
  const other = plan('n = param(3, [1, 3])  // other values\nenter long when\n  (volume > 0 and close > sma(close, n))');
  expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(other.hash).toBe(one.hash);
  expect(plan('m = param(5, 2..9 by 1)\nenter long when close > sma(close, m) and volume > 0').hash).not.toBe(one.hash);
  expect(plan('n = param(5, 2..9 by 1)\nenter long when close >= sma(close, n) and volume > 0').hash).not.toBe(one.hash);
});

test('numbers known beforehand are worked out', () => {
  const { nodes } = plan('half = 8 / 2\nenter long when close > sma(close, max(half, 3) + round(0.5)) * (1 + 0.5)');
  expect(nodes.flatMap((node) => (node.op === 'number' ? [node.expr] : []))).toEqual(
    expect.arrayContaining([constant(5), constant(1.5)]),
  );
  expect(plan('enter long when 1 < 2 and close > open').nodes.map(({ op }) => op)).toEqual(['source', 'source', 'compare']);
  expect(plan('enter long when close > open or true').nodes).toEqual([
    { type: 'condition', op: 'constant', value: true, deps: [] },
  ]);
  expect(plan('enter long when not not close > open').nodes.at(-1)?.op).toBe('compare');
});

test('a flag is a condition that is the same at every bar', () => {
  const { nodes } = plan('use = param(true)\nenter long when close > open and (not use or close > close[1])');
  expect(nodes).toContainEqual({ type: 'condition', op: 'scalar', expr: { op: 'not', arg: axis(0) }, deps: [0] });
});

test('a choice is compared with its names', () => {
  const { space, nodes } = plan(
    'kind = choice(sma, ema)\nn = param(5, 2..9 by 1)\nrequire kind == ema or n > 3\nenter long when close > ma(kind, close, n) and sma != kind',
  );
  expect(space.constraints[0]!.expr).toMatchObject({ op: 'or', left: { fn: 'eq', left: axis(0), right: constant(1) } });
  expect(nodes).toContainEqual(
    expect.objectContaining({ op: 'scalar', expr: { op: 'compare', fn: 'ne', left: axis(0), right: constant(0) } }),
  );
});

test('bars back, of series and of conditions', () => {
  const { nodes } = plan('up = close > close[1]\nenter long when up[2] and up[0]');
  expect(nodes.map(({ op }) => op)).toContain('shiftCondition');
  expect(nodes.filter(({ op }) => op === 'shiftCondition')).toHaveLength(1);
});

test('several rules of one kind are joined by or; `require a and b` is two constraints', () => {
  const { nodes, rules, space } = plan(`a = param(1, 1..3 by 1)
b = param(2, 1..3 by 1)
require a < b and (a != 2)
enter long when close > a
enter long when open > b`);
  expect(nodes[rules.enterLong!]).toMatchObject({ op: 'or', deps: [0, 1] });
  expect(space.constraints.map(({ text, axes }) => [text, axes])).toEqual([
    ['a < b', [0, 1]],
    ['a != 2', [0]],
  ]);
});

test('named series are drawn in the pane of their unit', () => {
  const { plots } = plan(`mid = (high + low) / 2
band = sma(mid, 9) - 2 * stdev(mid, 9)
dist = close - mid
r = rsi(close, 14)
v = sma(volume, 5)
ratio = close / open
top = max(highest(high, 5)[1], 3)
enter long when close > band`);
  expect(plots.map(({ name, pane }) => `${name} ${pane}`)).toEqual([
    'mid price',
    'band price',
    'dist own',
    'r own',
    'v own',
    'ratio own',
    'top price',
  ]);
});

test('statements go on over lines with an open bracket, an operator, or and/or/when ahead', () => {
  const { rules } = plan(`enter long
  when close > open and
    sma(
      close, // the newest
      5
    ) > open

    or high > low`);
  expect(rules.enterLong).not.toBeNull();
});

test('warnings', () => {
  const { warnings } = plan(`unused = param(3, 1..5 by 1)
n = param(3, 1..5 by 1)
drawn = sma(close, unused)
require 1 < 2
enter long when close > sma(close, n)
exit short when close < open`);
  expect(warnings.map(({ code, place }) => [code, place?.kind === 'text' ? place.line : 0])).toEqual([
    ['always_satisfied', 4],
    ['unused_parameter', 1],
    ['exit_without_entry', 6],
  ]);
});

test('a function’s name can name a value too: a bracket behind it calls the function', () => {
  const { plots } = plan(`sma = sma(close, 3)
rsi = 50
kind = choice(sma, ema)
enter long when close > sma and rsi(close, 14) > rsi and ma(sma, close, 5) > ma(kind, close, 9)`);
  expect(plots.map(({ name }) => name)).toEqual(['sma']);
});

test('names from the insides of JavaScript are names like others', () => {
  const { plots } = plan(
    'n = param(3, 1..5 by 1)\ntoString = sma(close, n)\nhasOwnProperty = toString\nenter long when close > hasOwnProperty',
  );
  expect(plots.map(({ name }) => name)).toEqual(['toString', 'hasOwnProperty']);
  expect(brief('enter long when close > valueOf')).toEqual(['unknown_name 1:25+7']);
  expect(brief('enter long when close > isPrototypeOf(close)')).toEqual(['unknown_function 1:25+13']);
  expect(brief('__proto__ = 3\nenter long when close > 1')).toEqual(['name_reserved 1:1+9']);
});

test.each(['constructor', 'toString', 'prototype'])('%s cannot name a parameter', (name) => {
  const compiled = compileStrategy(`${name} = param(3, 1..5 by 1)\nenter long when close > ${name}`);
  expect(compiled.ok).toBe(false);
  expect(compiled.ok ? '' : describeFault(compiled.faults[0])).toBe(
    `Line 1, column 1. \`${name}\` cannot name a parameter: the study document could not hold its range. Choose another name.`,
  );
});

describe('faults', () => {
  test('all are reported at once, in the order of the text, and one mistake is one fault', () => {
    const text = `kind = choice(sma, emma)
fast = parm(10, 5..50 by 1)
f = ma(kind, close, fast)
s = smaa(close, 20)
enter long when crossovr(f, s)
exit long when f + 1
enter short when rsi(close) > 70 &&
stop 2`;
    expect(brief(text)).toEqual(
      [
        'unexpected 2:18+2',
        'unknown_kind 1:20+4',
        'unknown_function 4:5+4',
        'unknown_function 5:17+8',
        'unknown_character 7:34+2',
      ].sort((a, b) => Number(/ (\d+)/.exec(a)![1]) - Number(/ (\d+)/.exec(b)![1])),
    );
  });

  test('a fault reads like a sentence', () => {
    expect(describeFault(faults('\nenter long when crossovr(close, open)')[0]!)).toBe(
      'Line 2, column 17. `crossovr` is not a function here. Did you mean `crossover`?',
    );
  });

  test.each([
    ['', ['no_entry']],
    ['f = close', ['no_entry']],
    ['enter long when 1 > 2', ['no_entry']],
    ['exit long when close > open', ['no_entry']],
    ['enter long when close', ['wrong_type 1:17+5']],
    ['enter long when close > open > low', ['chained_comparison 1:30+1']],
    ['enter when close > open', ['unexpected 1:7+4']],
    ['enter', ['unfinished 1:1+5']],
    ['enter lnog when close > open', ['unexpected 1:7+4']],
    ['entr long when close > open', ['bad_statement 1:1+4']],
    ['enter long', ['unfinished 1:7+4']],
    ['enter long when (close > open', ['unfinished 1:26+4']],
    ['enter long when (close > open\nenter long when close > low', ['unfinished 1:26+4']],
    ['enter long when close > true', ['wrong_type 1:25+4']],
    ['enter long when close and open > low', ['wrong_type 1:17+5']],
    ['enter long when not close', ['wrong_type 1:21+5']],
    ['enter long when close[-1] > open', ['look_ahead 1:23+2']],
    ['enter long when close[open] > open', ['wrong_type 1:23+4']],
    ['enter long when close[1.5] > open', ['bad_shift 1:23+3']],
    ['enter long when 3[1] > close', ['wrong_type 1:17+1']],
    ['enter long when close > sma(close, 0)', ['bad_period 1:36+1']],
    ['enter long when close > sma(close, 2.5)', ['bad_period 1:36+3']],
    ['enter long when close > sma(5, close)', ['wrong_type 1:29+1', 'wrong_type 1:32+5']],
    ['enter long when close > sma(close)', ['argument_count 1:25+3']],
    ['enter long when close > sma', ['not_called 1:25+3']],
    ['enter long when close() > 1', ['not_a_function 1:17+5']],
    ['f = close\nenter long when f(1) > 1', ['not_a_function 2:17+1']],
    ['enter long when crossover(1, 2)', ['wrong_type 1:17+15']],
    ['enter long when close > 1 / 0', ['not_finite 1:25+5']],
    ['enter long when close > Close', ['unknown_name 1:25+5']],
    ['enter long when close > f\nf = sma(close, 3)', ['used_early 1:25+1']],
    ['f = 1\nf = 2\nenter long when close > f', ['name_taken 2:1+1']],
    ['close = 1\nenter long when open > 1', ['name_taken 1:1+5']],
    ['when = 1\nenter long when open > 1', ['name_reserved 1:1+4']],
    ['stop = 1\nenter long when open > 1', ['name_reserved 1:1+4']],
    ['n = param(10, 5..50)\nenter long when close > n', ['unexpected 1:20+1']],
    ['n = param(10, 5..50 by 1) * 2\nenter long when close > n', ['axis_inside 1:27+1']],
    ['n = param(ten)\nenter long when close > n', ['unexpected 1:11+3']],
    ['n = param(10,\nenter long when close > 1', ['unfinished 1:13+1']],
    ['k = choice(1, 2)\nenter long when close > 1', ['unexpected 1:12+1']],
    ['n = param(1, 0.5..3 by 0.5)\nenter long when close > sma(close, n)', ['bad_period 1:5+23']],
    ['n = param(1, 0..3 by 1)\nenter long when close > sma(close, n + 0)', ['bad_period 2:36+5']],
    ['k = choice(sma, ema)\nenter long when close > k', ['wrong_type 2:25+1']],
    ['k = choice(sma, ema)\nenter long when k == wma', ['unknown_choice 2:22+3']],
    ['k = choice(sma, ema)\nenter long when k < ema', ['wrong_type 2:17+1']],
    ['enter long when close > ma(jma, close, 3)', ['unknown_kind 1:28+3']],
    ['enter long when close > ma(3, close, 3)', ['wrong_type 1:28+1']],
    ['require close > 1\nenter long when close > 1', ['wrong_type 1:9+9']],
    ['require 2 < 1\nenter long when close > 1', ['never_satisfied 1:9+5']],
    ['enter long when "close" > 9', ['text_here 1:17+7']],
    ['n = param(3, 1..5 by 1)\nenter long when close > param(3)', ['axis_inside 2:25+5']],
  ])('%j', (text, expected) => {
    expect(brief(text)).toEqual(expected);
    for (const { message, advice } of faults(text)) {
      expect(message).toMatch(/^\S.*\.$/);
      expect(advice).toMatch(/^\S.*[.?]$/);
    }
  });

  test('limits name their number', () => {
    expect(faults('x'.repeat(20_001))[0]).toMatchObject({ code: 'text_too_long', message: expect.stringContaining('20000') });
    const axes = Array.from({ length: 17 }, (_, k) => `n${k} = param(3, 1..5 by 1)`).join('\n');
    expect(brief(`${axes}\nenter long when close > 1`)).toEqual(['too_many_axes 17:1+3']);
    const big = Array.from({ length: 500 }, () => 'enter long when close > 1 + close').join('\n');
    expect(faults(big).map(({ code }) => code)).toEqual(['too_large']);
    const doubling = Array.from({ length: 40 }, (_, k) => `a${k + 1} = a${k} + a${k}`).join('\n');
    expect(faults(`a0 = param(1)\n${doubling}\nenter long when close > a40`).map(({ code }) => code)).toEqual(['too_large']);
    expect(faults('!\n'.repeat(200)).length).toBe(50);
  });

  test('periods that `require` keeps whole and positive are accepted', () => {
    const text = `a = param(5, 1..9 by 1)
b = param(8, 1..9 by 1)
require a < b
enter long when close > sma(close, b - a)`;
    expect(brief(text)).toEqual([]);
    expect(brief(text.replace('a < b', 'a <= b'))).toEqual(['bad_period 4:36+5']);
    expect(faults(text.replace('a < b', 'a <= b'))[0]!.message).toBe(
      'The period of `sma` takes the value 0 where a is 1 and b is 1.',
    );
    expect(brief(text.replace('b - a', 'b / a'))).toEqual(['bad_period 4:36+5']);
    expect(brief(text.replace('b - a', 'ceil(b / a)'))).toEqual([]);
  });
});
