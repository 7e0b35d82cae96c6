import { describe, expect, test } from 'vitest';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { sliceColumns } from '../../src/bars/columns.ts';
import { frameOffsets, frameStarts } from '../../src/bars/frames.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { describeFault } from '../../src/core/fault.ts';
import { createEvaluator } from '../../src/kernel/evaluate.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { parseFrame } from '../../src/strategy/frame.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { inSession, parseSession } from '../../src/strategy/session.ts';
import { largestWarmup, trialWarmup } from '../../src/strategy/warmup.ts';
import { asksOf } from '../reference/evaluate.ts';
import { valueOf } from '../support/kernel.ts';

function plan(text: string): Plan {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults.map(describeFault).join('\n'));
  return compiled.value;
}

function brief(text: string): string[] {
  const compiled = compileStrategy(text);
  return (compiled.ok ? [] : compiled.faults).map(({ code, place }) =>
    place?.kind === 'text' ? `${code} ${place.line}:${place.column}+${place.length}` : code,
  );
}

function market(kind: 'equity' | 'fx', bars: number): Bars {
  return createBars(generateBars({ kind, seed: 7, bars }), (bytes) => new ArrayBuffer(bytes));
}

const HOURS = market('fx', 400);
const DAYS = market('equity', 400);

/** The series `x` of a text at every bar, at the first values of its axes or at those given. */
function series(text: string, bars = HOURS, values?: readonly number[]): number[] {
  const of = plan(`${text}\nenter long when x > 0`);
  const { node } = of.plots.find(({ name }) => name === 'x')!;
  const at = values ?? of.space.axes.map((axis) => axisValue(axis, 0));
  const evaluator = valueOf(
    createEvaluator(
      of,
      of.space.axes.map(() => 1),
      bars,
      1 << 20,
    ),
  );
  evaluator.begin(
    at.map(() => 0),
    at,
  );
  const found = Array.from(evaluator.series(node));
  const twin = asksOf(of, bars, at);
  expect(found).toEqual(found.map((_, bar) => twin.value(node, bar)));
  return found;
}

const column = (name: 'open' | 'high' | 'low' | 'close', bars = HOURS): number[] => Array.from(bars[name]);

describe('functions of numbers', () => {
  test('numbers are worked out, series bar by bar', () => {
    const close = column('close');
    expect(series('x = close * (pow(2, 3) + max(1, 5, 3) + min(4, 2) + log(1) + exp(0) + sign(0 - 4))')).toEqual(
      close.map((c) => c * 15),
    );
    expect(series('x = sign(close - close[1])').slice(0, 3)).toEqual([
      NaN,
      Math.sign(close[1]! - close[0]!),
      Math.sign(close[2]! - close[1]!),
    ]);
    expect(series('x = max(open, close, low)')).toEqual(column('open').map((o, k) => Math.max(o, close[k]!, HOURS.low[k]!)));
  });

  test('rising, falling and cross are written with what there is', () => {
    const close = column('close');
    const up = (bar: number, n: number) =>
      Array.from({ length: n }, (_, k) => close[bar - 1 - k]!).every((c) => close[bar]! > c);
    expect(series('x = rising(close, 3) ? 1 : 0').slice(3)).toEqual(close.slice(3).map((_, k) => Number(up(k + 3, 3))));
    expect(plan('enter long when falling(low, 4)').hash).toBe(plan('enter long when low < lowest(low, 4)[1]').hash);
    expect(plan('enter long when cross(close, open)').hash).toBe(
      plan('enter long when crossover(close, open) or crossunder(close, open)').hash,
    );
    expect(brief('enter long when rising(close, 0)')).toEqual(['bad_period 1:31+1']);
    expect(brief('enter long when rising(3, 2)')).toEqual(['wrong_type 1:24+1']);
  });

  test('nz and na', () => {
    const close = column('close');
    expect(series('x = nz(close[2])').slice(0, 4)).toEqual([0, 0, close[0], close[1]]);
    expect(series('x = na(close[2]) ? 1 : 2').slice(0, 4)).toEqual([1, 1, 2, 2]);
    expect(brief('enter long when na(true)')).toEqual(['wrong_type 1:20+4']);
    expect(brief('enter long when nz() > 1')).toEqual(['argument_count 1:17+2']);
  });
});

describe('c ? a : b', () => {
  test('of series and numbers, also one in another', () => {
    const [open, close] = [column('open'), column('close')];
    expect(series('x = close > open ? close : open')).toEqual(close.map((c, k) => Math.max(c, open[k]!)));
    expect(series('x = close > open ? 1 : close < open ? 0 - 1 : 0')).toEqual(close.map((c, k) => Math.sign(c - open[k]!)));
    expect(series('fast = param(true)\nn = fast ? 3 : 5\nx = close[n]', HOURS, [1])[3]).toBe(close[0]);
    expect(series('fast = param(true)\nn = fast ? 3 : 5\nx = close[n]', HOURS, [0]).slice(4, 6)).toEqual([NaN, close[0]]);
  });

  test('of conditions it is written with and, or, not', () => {
    const of = plan('enter long when close > open ? high > high[1] : low < low[1]');
    expect(
      of.nodes
        .map(({ op }) => op)
        .filter((op) => ['and', 'or', 'not'].includes(op))
        .sort(),
    ).toEqual(['and', 'and', 'not', 'or']);
    expect(
      plan('a = param(true)\nb = param(true)\nrequire a ? b : true\nenter long when a or b').space.constraints,
    ).toHaveLength(1);
  });

  test('all three count for the warm-up', () => {
    expect(trialWarmup(plan('enter long when (close > sma(close, 9) ? open : close[20]) > 3'), [])).toBe(20);
  });

  test.each([
    ['enter long when (close ? 1 : 2) > 1', ['wrong_type 1:18+5']],
    ['enter long when (true ? 1) > 1', ['unexpected 1:26+1']],
    ['enter long when close > open ? 1', ['unfinished 1:32+1']],
    ['enter long when (close > open ? 1 : open > 2) > 1', ['wrong_type 1:37+8']],
    ['k = choice(sma, ema)\nenter long when (close > open ? k : 1) > 1', ['wrong_type 2:37+1']],
    ['enter long when (close > open ? open_profit : 1) > 1', ['held_outside_exit 1:18+35']],
    ['enter long when true\nexit long when (close > open ? open_profit : 1)[1] > 1', ['held_history 2:17+30']],
  ])('%j', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });
});

describe('choices', () => {
  test('of sources and of series, numbers and conditions of the text', () => {
    const text = 'src = choice(close, hl2)\nx = src[1] + src';
    const close = column('close');
    const mid = close.map((_, k) => (HOURS.high[k]! + HOURS.low[k]!) / 2);
    expect(series(text, HOURS, [0])[1]).toBe(close[0]! + close[1]!);
    expect(series(text, HOURS, [1])[1]).toBe(mid[0]! + mid[1]!);
    const numbers = 'a = 3\nb = 5\nc = 7\nn = choice(a, b, c)\nx = close[n]';
    expect([0, 1, 2].map((k) => series(numbers, HOURS, [k])[9])).toEqual([6, 4, 2].map((bar) => close[bar]));
    const conditions = plan('up = close > open\nbig = high - low > 1\nsetup = choice(up, big)\nenter long when setup');
    const { holds } = asksOf(conditions, HOURS, [1]);
    expect(close.map((_, bar) => holds(conditions.rules.enterLong!, bar))).toEqual(
      close.map((_, bar) => HOURS.high[bar]! - HOURS.low[bar]! > 1),
    );
  });

  test('names are compared with names, values with values', () => {
    const of = plan('src = choice(close, open)\nrequire src == open\nenter long when src > sma(src, 3) and src != high');
    expect(of.space.constraints[0]!.expr).toMatchObject({ op: 'compare', fn: 'eq' });
    expect(of.nodes.filter(({ op }) => op === 'pick')).toHaveLength(1);
    expect(of.plots).toEqual([{ name: 'src', node: expect.any(Number) as number, pane: 'price' }].slice(1));
  });

  test('names of different kinds have no value', () => {
    expect(brief('k = choice(close, sma)\nenter long when k > 1')).toEqual(['wrong_type 2:17+1']);
    expect(brief('a = 1\nk = choice(close, a)\nenter long when k > 1')).toEqual(['wrong_type 3:17+1']);
    expect(brief('k = choice(close, bars_held)\nenter long when k > 1')).toEqual(['held_history 2:17+1']);
  });
});

describe('the clock', () => {
  test('calendar series, by the local time of the bar’s open', () => {
    const date = HOURS.localDate[100]!;
    expect(['year', 'month', 'dayofmonth', 'hour', 'minute', 'barindex'].map((name) => series(`x = ${name}`)[100])).toEqual([
      Math.floor(date / 10_000),
      Math.floor(date / 100) % 100,
      date % 100,
      Math.floor(HOURS.localMinute[100]! / 60),
      HOURS.localMinute[100]! % 60,
      100,
    ]);
    const at = Array.from(DAYS.localDate).indexOf(20150105); // a Monday
    expect(series('x = dayofweek', DAYS)[at]).toBe(2);
  });

  test('a text’s own definition goes before a name of the clock', () => {
    expect(series('hour = 3\nx = close * hour')).toEqual(column('close').map((c) => c * 3));
    expect(brief('enter long when hour > 3\nhour = 3')).toEqual(['used_early 1:17+4']);
    expect(brief('enter long when hour(3) > 3')).toEqual(['not_a_function 1:17+4']);
  });

  test.each([
    ['0930-1600', [[570, 960, 127]]],
    ['1800-0500:23456', [[1080, 300, 62]]],
    [
      '0930-1130,1300-1500:7',
      [
        [570, 690, 127],
        [780, 900, 64],
      ],
    ],
    ['0000-2400', [[0, 1440, 127]]],
    ['0000-0000', [[0, 1440, 127]]],
    ['930-1600', null],
    ['0960-1600', null],
    ['0930-1600:8', null],
    ['', null],
    ['2400-0100', null],
  ])('session %j', (text, spans) => {
    expect(parseSession(text)?.map(({ from, to, days }) => [from, to, days]) ?? null).toEqual(spans);
  });

  test('a session over midnight belongs to the day on which it begins', () => {
    const friday = parseSession('2200-0200:6')!;
    const at = (hour: number, weekday: number) => inSession(friday, hour * 60, weekday - 1);
    expect([at(21, 6), at(22, 6), at(1, 7), at(2, 7), at(22, 7), at(1, 6)]).toEqual([false, true, true, false, false, false]);
  });

  test('random numbers depend on the seed and the bar’s time alone', () => {
    const one = series('x = random(1)');
    expect(one.every((r) => r >= 0 && r < 1)).toBe(true);
    expect(new Set(one).size).toBe(one.length);
    expect(series('x = random(2)')).not.toEqual(one);
    const later = createBars(sliceColumns(HOURS, 50, 200), (bytes) => new ArrayBuffer(bytes));
    expect(series('x = random(1)', later)).toEqual(one.slice(50, 200));
    expect(brief('enter long when random(close) > 1')).toEqual(['wrong_type 1:24+5']);
    expect(brief('enter long when random(1.5) > 1')).toEqual(['bad_number 1:24+3']);
    expect(brief('s = param(1, -3..3 by 1)\nenter long when random(s) > 1')).toEqual(['bad_number 1:5+20']);
  });

  test.each([
    ['session(0930)', ['bad_session 1:25+4']],
    ['session("9-5")', ['bad_session 1:25+5']],
    ['session()', ['argument_count 1:17+7']],
    ['close > tf(1, close)', ['bad_frame 1:28+1']],
    ['close > tf("7m", close)', ['bad_frame 1:28+4']],
    ['close > tf("1d", close)', ['bad_frame 1:28+4']],
    ['close > tf("1D", tf("1W", close))', ['frame_nested 1:34+2']],
    ['close > tf("1D")', ['argument_count 1:25+2']],
  ])('%s', (condition, expected) => {
    expect(brief(`enter long when ${condition}`)).toEqual(expected);
  });
});

describe('time frames', () => {
  test.each([
    ['5m', 5],
    ['4h', 240],
    ['90m', 90],
    ['24h', null],
    ['1440m', null],
    ['0h', null],
    ['2D', null],
  ])('%s', (text, minutes) => {
    expect(parseFrame(text)?.minutes ?? null).toBe(minutes);
  });

  test('weeks begin on Monday, months on the first, hours where the clock divides', () => {
    const starts = frameStarts(DAYS, parseFrame('1W')!);
    const dates = Array.from(starts.slice(0, 4), (bar) => DAYS.localDate[bar]!);
    expect(dates).toEqual([20150102, 20150105, 20150112, 20150120]); // Monday the 19th was a holiday
    expect(Array.from(frameStarts(DAYS, parseFrame('1M')!).slice(1, 3), (bar) => DAYS.localDate[bar]!)).toEqual([
      20150202, 20150302,
    ]);
    expect(Array.from(frameStarts(HOURS, parseFrame('4h')!).slice(1, 4), (bar) => HOURS.localMinute[bar]! % 240)).toEqual([
      0, 0, 0,
    ]);
  });

  test('a value is read from the frame that was over when the bar’s own began', () => {
    const x = series('x = tf("1D", close)');
    const starts = frameStarts(HOURS, parseFrame('1D')!);
    expect(x.slice(0, starts[1])).toEqual(Array.from({ length: starts[1]! }, () => NaN));
    for (let bar = starts[1]!; bar < starts[2]!; bar++) expect(x[bar]).toBe(HOURS.close[starts[1]! - 1]);
    expect(series('x = tf("1D", high)')[starts[1]!]).toBe(Math.max(...HOURS.high.slice(0, starts[1])));
    expect(series('x = tf("1D", barindex)')[starts[3]!]).toBe(2);
    expect(series('x = tf("1D", open > close) ? 1 : 0')[starts[2]!]).toBe(
      Number(HOURS.open[starts[1]!]! > HOURS.close[starts[2]! - 1]!),
    );
  });

  test('names stand for what they say, over the frame’s bars; a frame is computed once', () => {
    const named = plan(
      'n = param(3, 2..4 by 1)\nf = sma(close, n)\nup = close > f\nenter long when tf("1D", up) and close > tf("1D", f)',
    );
    const written = plan(
      'n = param(3, 2..4 by 1)\nenter long when tf("1D", close > sma(close, n)) and close > tf("1D", sma(close, n))',
    );
    expect(named.hash).toBe(written.hash);
    expect(named.frames).toHaveLength(1);
    expect(named.frames[0]!.nodes.filter(({ op }) => op === 'indicator')).toHaveLength(1);
    expect(named.nodes.find(({ op }) => op === 'frame')!.deps).toEqual([0]);
  });

  test('a frame that nothing reads is left out, and others keep their numbers', () => {
    const of = plan('a = tf("1W", close > open)\nb = tf("1D", close > open)\nenter long when b');
    expect(of.frames.map(({ frame }) => frame.name)).toEqual(['1D']);
    expect(of.nodes).toEqual([{ type: 'condition', op: 'frameCondition', frame: 0, node: 2, deps: [] }]);
  });

  test('the warm-up lasts until so many of the frame’s bars are over', () => {
    const of = plan('n = param(3, 2..5 by 1)\nenter long when close > tf("1D", sma(close, n))[2]');
    const starts = frameStarts(HOURS, parseFrame('1D')!);
    expect(trialWarmup(of, [3], frameOffsets(HOURS))).toBe(starts[3]! + 2);
    expect(largestWarmup(of, of.space.axes, frameOffsets(HOURS))).toEqual({ bars: starts[5]! + 2, axis: 'n' });
    expect(() => trialWarmup(of, [3])).toThrow('needs bars');
    const long = plan('enter long when close > tf("1D", sma(close, 500))');
    expect(trialWarmup(long, [], frameOffsets(HOURS))).toBe(HOURS.count);
  });

  test('a frame that is not coarser than the bars is refused', () => {
    const made = createEvaluator(plan('enter long when close > tf("1D", close)'), [], DAYS, 1 << 20);
    expect(made.ok ? '' : made.faults[0].code).toBe('frame_not_coarser');
  });
});

test('ranges end at numbers: the fault says what to write instead', () => {
  expect(brief('fast = param(5, 1..9 by 1)\nslow = param(40, fast+5..200 by 5)\nenter long when close > slow')).toEqual([
    'dependent_range 2:18+4',
  ]);
  expect(brief('slow = param(40, 5..2 * 100 by 5)\nenter long when close > slow')).toEqual(['dependent_range 1:23+1']);
});
