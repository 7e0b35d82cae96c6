import { describe, expect, it } from 'vitest';
import { formatIsoDate } from '../../src/document/dates.ts';
import { resolveStudy, strategyText } from '../../src/document/resolve.ts';
import { defaultDocument, type StudyDocument } from '../../src/document/document.ts';
import { parseDocument } from '../../src/document/schema.ts';
import { FIRST_KEYS } from '../../src/metrics/columns.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
import { must, says } from '../support/outcome.ts';

const HASH = 'ab'.repeat(32);
const file = { name: 'spy.csv', symbol: 'SPY', hash: HASH, from: '2015-01-02', to: '2024-12-31', bars: 2515 };

const read = (more: object): StudyDocument => must(parseDocument({ barsweep: 1, ...more }));
const refused = (more: object): string => says(parseDocument({ barsweep: 1, ...more }));
const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('defaults', () => {
  it('fill every key that is missing, at every level', () => {
    expect(read({})).toEqual({
      barsweep: 1,
      strategy: 'ma-cross',
      space: {},
      data: { sample: 'daily' },
      execution: {
        fill: 'nextOpen',
        sides: 'both',
        onOpposite: 'reverse',
        insideBar: 'pessimistic',
        atEnd: 'close',
        commission: { relative: 0.001, fixed: 0, perUnit: 0, minimum: 0 },
        slippage: 0,
        slippageTicks: 0,
        tickSize: 0,
        halfSpread: 0,
        funding: { short: 0, leverage: 0 },
        capital: 10_000,
        sizing: { kind: 'equity', fraction: 1, cash: 1000, units: 1, risk: 0.01, volatility: 0.01, period: 14 },
        units: 'fractional',
        lotStep: 0,
        leverage: 1,
        maintenance: 0,
      },
      scoring: { start: 'commonWarmup', returns: 'auto', periodsPerYear: 'auto' },
      objective: 'sharpe',
      search: { method: 'grid' },
      metrics: FIRST_KEYS,
    });
    expect(must(parseDocument({}))).toEqual(defaultDocument());
    expect(read({ execution: { commission: { fixed: 1 } } }).execution.commission).toMatchObject({ relative: 0.001, fixed: 1 });
    expect(read({ data: { from: '2020-01-01' } }).data).toEqual({ sample: 'daily', from: '2020-01-01' });
  });

  it('are made anew each time', () => {
    const one = defaultDocument();
    (one.metrics as string[]).pop();
    (one.execution.commission as { relative: number }).relative = 1;
    expect(defaultDocument()).toEqual(read({}));
  });

  it('make a study that can run, also read back from its own text', () => {
    const study = must(resolveStudy(must(parseDocument(JSON.parse(JSON.stringify(defaultDocument()))))));
    expect(study.space.axes.map(({ name }) => name)).toEqual(['kind', 'fast', 'slow']);
  });
});

describe('data', () => {
  it.each([
    { sample: 'minute' },
    { sample: 'daily', hash: HASH, from: '2015-01-01', to: null },
    { generate: { kind: 'fx', seed: 0, bars: 2 } },
    { generate: { kind: 'crypto', seed: 2 ** 53 - 1, bars: 2_000_000 }, to: '2015-01-01' },
    { file },
    { file, from: null, to: '2020-01-01' },
  ])('can be %j', (data) => {
    expect(read({ data }).data).toEqual(data);
  });

  it.each([
    [{ sample: 'weekly' }, 'Key data.sample. `weekly` cannot stand here. Write "daily", "hourly" or "minute".'],
    [{ sample: 'dialy' }, 'Key data.sample. `dialy` cannot stand here. Did you mean `daily`?'],
    [{ sample: 'daily', generate: {} }, 'Key data. `sample` and `generate` name different bars. Keep one of them.'],
    [
      { generate: { kind: 'fx', seed: -1, bars: 5 } },
      'Key data.generate.seed. `-1` cannot stand here. Write a whole number from 0 on.',
    ],
    [
      { generate: { kind: 'fx', seed: 1, bars: 1 } },
      'Key data.generate.bars. `1` cannot stand here. Write a whole number from 2 to 2000000.',
    ],
    [
      { generate: { kind: 'fx', seed: 1, bars: 5, seeds: 1 } },
      'Key data.generate.seeds. `seeds` is not a key of the study document. Did you mean `seed`?',
    ],
    [{ generate: { kind: 'fx', seed: 1 } }, 'Key data.generate.bars. `bars` is missing. Keys here are kind, seed, bars.'],
    [{ file: { ...file, hash: 'AB' } }, 'Key data.file.hash. `AB` cannot stand here. Write 64 hexadecimal digits.'],
    [
      { file: { ...file, path: '/' } },
      'Key data.file.path. `path` is not a key of the study document. Keys here are name, symbol, hash, from, to, bars, answers.',
    ],
    [{ file, hash: HASH }, 'Key data.hash. `hash` is not a key of the study document. Keys here are file, from, to.'],
    [
      { sample: 'daily', from: '2015-02-29' },
      'Key data.from. `2015-02-29` cannot stand here. Write a date such as "2015-01-31", or null.',
    ],
    [
      { from: '2020-01-02', to: '2020-01-01' },
      'Key data.to. The bars would start on 2020-01-02 and end before it, on 2020-01-01. Exchange the two dates.',
    ],
    ['daily', 'Key data. `daily` cannot stand here. Write an object.'],
    [null, 'Key data. `null` cannot stand here. Write an object.'],
    [[], 'Key data. `[]` cannot stand here. Write an object.'],
  ])('cannot be %j', (data, sentence) => {
    expect(refused({ data })).toBe(sentence);
  });
});

describe('keys', () => {
  it.each([
    [{ exection: {} }, 'Key exection. `exection` is not a key of the study document. Did you mean `execution`?'],
    [{ execution: { fil: 'close' } }, 'Key execution.fil. `fil` is not a key of the study document. Did you mean `fill`?'],
    [
      { execution: { commission: { rel: 0 } } },
      'Key execution.commission.rel. `rel` is not a key of the study document. Keys here are relative, fixed, perUnit, minimum.',
    ],
    [
      { execution: { sizing: { fractoin: 1 } } },
      'Key execution.sizing.fractoin. `fractoin` is not a key of the study document. Did you mean `fraction`?',
    ],
    [
      { scoring: { begin: 1 } },
      'Key scoring.begin. `begin` is not a key of the study document. Keys here are start, returns, periodsPerYear.',
    ],
    [
      { search: { methods: 'grid' } },
      'Key search.methods. `methods` is not a key of the study document. Did you mean `method`?',
    ],
  ])('that nobody knows are refused with their path and the nearest one: %j', (more, sentence) => {
    expect(refused(more)).toBe(sentence);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('are never inherited: %s', (key) => {
    for (const parent of ['', 'space', 'data', 'execution', 'scoring', 'search']) {
      const inner = `{"${key}": {"polluted": 1}}`;
      const text = parent === '' ? inner : `{"barsweep": 1, "${parent}": ${inner}}`;
      expect(says(parseDocument(JSON.parse(text)))).toContain(`\`${key}\` is not a key of the study document.`);
    }
    expect('polluted' in {}).toBe(false);
  });
});

describe('values', () => {
  it.each([
    [{ strategy: 5 }, 'Key strategy. `5` cannot stand here. Write a text.'],
    [
      { strategy: 'x'.repeat(20_001) },
      `Key strategy. \`${'x'.repeat(40)}…\` cannot stand here. Write at most 20000 characters.`,
    ],
    [{ space: [] }, 'Key space. `[]` cannot stand here. Write an object.'],
    [{ space: { fast: 5 } }, 'Key space.fast. `5` cannot stand here. Write a range such as "5..50 by 1", or a list of values.'],
    [
      { space: { fast: [] } },
      'Key space.fast. `[]` cannot stand here. Write a range such as "5..50 by 1", or a list of values.',
    ],
    [
      { space: { fast: [[1]] } },
      'Key space.fast. `[…]` cannot stand here. Write a range such as "5..50 by 1", or a list of values.',
    ],
    [{ execution: { fill: 'later' } }, 'Key execution.fill. `later` cannot stand here. Write "nextOpen" or "close".'],
    [{ execution: { fill: 'nextopen' } }, 'Key execution.fill. `nextopen` cannot stand here. Did you mean `nextOpen`?'],
    [
      { execution: { onOpposite: { a: 1 } } },
      'Key execution.onOpposite. `{…}` cannot stand here. Write "reverse", "exit" or "ignore".',
    ],
    [
      { execution: { slippage: 1 } },
      'Key execution.slippage. `1` cannot stand here. Write a fraction from 0 to below 1: 0.001 is 0.1 %.',
    ],
    [
      { execution: { slippage: '0.1' } },
      'Key execution.slippage. `0.1` cannot stand here. Write a fraction from 0 to below 1: 0.001 is 0.1 %.',
    ],
    [
      { execution: { commission: { fixed: -1 } } },
      'Key execution.commission.fixed. `-1` cannot stand here. Write an amount of 0 or more.',
    ],
    [{ execution: { capital: 0 } }, 'Key execution.capital. `0` cannot stand here. Write an amount above 0.'],
    [{ execution: { capital: Infinity } }, 'Key execution.capital. `Infinity` cannot stand here. Write an amount above 0.'],
    [
      { execution: { sizing: { fraction: 0 } } },
      'Key execution.sizing.fraction. `0` cannot stand here. Write a fraction above 0 and at most 1000.',
    ],
    [{ execution: [] }, 'Key execution. `[]` cannot stand here. Write an object.'],
    [{ execution: null }, 'Key execution. `null` cannot stand here. Write an object.'],
    [
      { scoring: { start: -1 } },
      'Key scoring.start. `-1` cannot stand here. Write "commonWarmup", "firstBar" or a bar number, 0 for the first.',
    ],
    [
      { scoring: { start: 1.5 } },
      'Key scoring.start. `1.5` cannot stand here. Write "commonWarmup", "firstBar" or a bar number, 0 for the first.',
    ],
    [
      { scoring: { periodsPerYear: 0 } },
      'Key scoring.periodsPerYear. `0` cannot stand here. Write "auto" or a number above 0.',
    ],
    [{ objective: 'sharp' }, 'Key objective. `sharp` cannot stand here. Did you mean `sharpe`?'],
    [{ metrics: [] }, 'Key metrics. `[]` cannot stand here. Name each metric once, and at least one.'],
    [{ metrics: ['sharpe', 'sharpe'] }, 'Key metrics. `[…]` cannot stand here. Name each metric once, and at least one.'],
    [{ metrics: ['sharpe', 'trade'] }, 'Key metrics.1. `trade` cannot stand here. Did you mean `trades`?'],
    [{ metrics: 'sharpe' }, 'Key metrics. `sharpe` cannot stand here. Write a list of metric keys.'],
    [{ search: { method: 'randm' } }, 'Key search.method. `randm` cannot stand here. Did you mean `random`?'],
    [{ search: { trials: 0 } }, 'Key search.trials. `0` cannot stand here. Write a whole number from 1 to 2147483647.'],
    [
      { search: { before: ['sobol'] } },
      'Key search.before.0. `sobol` cannot stand here. Write a list of searches such as "sobol 1000 seed 1 by 64".',
    ],
    [
      { barsweep: 2 },
      'Key barsweep. This study document is of version 2, this program reads version 1. Open it with a newer Barsweep.',
    ],
    [{ barsweep: '1' }, 'Key barsweep. `1` cannot stand here. Write 1.'],
  ])('that are wrong are refused with what can stand there (%#)', (more, sentence) => {
    expect(refused(more)).toBe(sentence);
  });

  it.each([
    [null, 'A study document is an object, this is `null`. Begin with `{"barsweep": 1`.'],
    [[1], 'A study document is an object, this is `[…]`. Begin with `{"barsweep": 1`.'],
    ['ma-cross', 'A study document is an object, this is `ma-cross`. Begin with `{"barsweep": 1`.'],
    [undefined, 'A study document is an object, this is `nothing`. Begin with `{"barsweep": 1`.'],
  ])('of another shape are no document: %j', (json, sentence) => {
    expect(says(parseDocument(json))).toBe(sentence);
  });

  it('are all refused at once, up to a bound', () => {
    expect(refused({ execution: { fill: 1, capital: -1 }, objective: 7 }).split('\n')).toHaveLength(3);
    expect(refused({ metrics: Array.from({ length: 5000 }, () => 'x') }).split('\n')).toHaveLength(50);
  });

  it('may be deep and hidden without harm', () => {
    for (const key of ['barsweep', 'strategy', 'space', 'data', 'execution', 'objective', 'metrics', 'x']) {
      expect(parseDocument({ [key]: deep(100_000) }).ok).toBe(false);
    }
    expect(refused({ objective: 'a\u202eb\n\u0000c' })).toContain('`a b c` cannot stand here.');
  });
});

describe('the strategy of a document', () => {
  it('is a built-in by its name, or a text', () => {
    for (const { name, text } of BUILT_INS) expect(must(strategyText(name))).toBe(text);
    expect(must(strategyText('enter long when true'))).toBe('enter long when true');
  });

  it.each([
    ['ma-cros', 'Key strategy. There is no strategy named `ma-cros`. Did you mean `ma-cross`?'],
    [
      '',
      'Key strategy. The strategy has no text. Write the name of a built-in, such as ma-cross or donchian, or a whole text.',
    ],
    [
      'zzz',
      'Key strategy. There is no strategy named `zzz`. Write the name of a built-in, such as ma-cross or donchian, or a whole text.',
    ],
  ])('is refused as %j', (strategy, sentence) => {
    expect(says(strategyText(strategy))).toBe(sentence);
  });

  it('gives its ranges way to the ones of the document', () => {
    const { space } = must(resolveStudy(read({ space: { slow: '50..100 by 25', kind: ['ema'] } })));
    expect(space.axes.map(({ size }) => size)).toEqual([1, 56, 3]);
    expect(space.constraints).toHaveLength(1);
  });

  it.each([
    [{ space: { fats: '1' } }, 'Key space.fats. The strategy has no parameter `fats`. Did you mean `fast`?'],
    [
      { space: { fast: '50..5 by 1' } },
      'Axis fast. The range of fast starts at 50 and ends below it, at 5. Write `5..50 by 1`.',
    ],
    [{ space: { fast: '0.5..5 by 0.5' } }, 'Axis fast. The period of `sma` takes the value 0.5 from `fast`.'],
    [{ strategy: 'enter long wen true' }, 'Line 1, column 12.'],
  ])('and its ranges are checked together: %j', (more, sentence) => {
    expect(says(resolveStudy(read(more)))).toContain(sentence);
  });
});

it('writes dates in UTC', () => {
  expect(formatIsoDate(Date.UTC(2024, 11, 31, 23, 59))).toBe('2024-12-31');
});
