import { describe, expect, test } from 'vitest';
import { resolveStudy } from '../../src/document/resolve.ts';
import { parseDocument } from '../../src/document/schema.ts';
import { formatRange } from '../../src/space/range.ts';
import { bindExecution } from '../../src/strategy/bind.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { NEUTRAL_EXECUTION, type ExecutionSettings } from '../../src/strategy/execution.ts';
import { executionAt, SETTINGS, settingAt, withSettings } from '../../src/strategy/settings.ts';
import { must, says } from '../support/outcome.ts';

const TEXT = `n = param(5, 5..10 by 5)
commission = param(1, 1..2 by 1)
enter long when close > sma(close, n) * commission
`;
const study = (execution: object) => resolveStudy(must(parseDocument({ strategy: TEXT, execution })));

describe('settings that are ranges or lists', () => {
  test("are axes after the text's own, named apart from its parameters", () => {
    const { space, execution } = must(
      study({ commission: { relative: '0..0.002 by 0.001', fixed: [1, 5] }, slippage: '0.0005, 0.001', leverage: 3 }),
    );
    expect(space.axes.map((axis) => [axis.name, formatRange(axis)])).toEqual([
      ['n', '5..10 by 5'],
      ['commission', '1..2 by 1'],
      ['commission_setting', '0..0.002 by 0.001'],
      ['commission_fixed', [1, 5]],
      ['slippage', [0.0005, 0.001]],
    ]);
    expect(execution.swept).toEqual([
      { path: 'commission.relative', axis: 2 },
      { path: 'commission.fixed', axis: 3 },
      { path: 'slippage', axis: 4 },
    ]);
    expect(executionAt(execution, [5, 1, 0.002, 5, 0.001])).toEqual({
      ...execution,
      commission: { relative: 0.002, fixed: 5, perUnit: 0, minimum: 0 },
      slippage: 0.001,
      swept: [],
    });
  });

  test('of one value are that value', () => {
    const { space, execution } = must(study({ slippage: [0.25] }));
    expect(space.axes.length).toBe(2);
    expect(execution).toMatchObject({ slippage: 0.25, swept: [] });
  });

  test("without any, the execution is the document's", () => {
    const { execution } = must(study({}));
    const { swept, ...rest } = execution;
    expect(swept).toEqual([]);
    expect(rest).toEqual(must(parseDocument({})).execution);
    expect(executionAt(execution, [])).toBe(execution);
  });

  test.each([
    [
      { slippage: '0..1 by 0.5' },
      'Key execution.slippage. `1` is no value of `slippage`. Write a fraction from 0 to below 1: 0.001 is 0.1 %.',
    ],
    [
      { slippage: '0..0.1' },
      'Key execution.slippage. `0..0.1` is not a range that can be read. Write `5..50 by 1`, `1..1000 log 13`, or values with commas.',
    ],
    [{ lotStep: [1, -1] }, 'Key execution.lotStep. `-1` is no value of `lotStep`. Write an amount of 0 or more.'],
    [
      { sizing: { cash: [1, 2] } },
      'Key execution.sizing.cash. `sizing.cash` is a range, but sizes are by equity. Write one number, or "kind": "cash".',
    ],
    [
      { sizing: { fraction: [0.5, 2] } },
      'Key execution.sizing. Entries for 2 times the equity need more than the leverage of 1. Write a leverage of 2 or more, or a smaller fraction.',
    ],
    [
      { sizing: { kind: 'risk' } },
      'Key execution.sizing. Sizes are by the risk to the stop, and long positions have no stop. Add a `stop` or `trail` line to the strategy, or choose another sizing.',
    ],
  ])('that cannot stand are refused: %j', (execution, sentence) => {
    expect(says(study(execution))).toBe(sentence);
  });
});

test('sizing by volatility gives the plan an average true range', () => {
  const plan = must(compileStrategy(TEXT));
  const settings: ExecutionSettings = {
    ...NEUTRAL_EXECUTION,
    sizing: { ...NEUTRAL_EXECUTION.sizing, kind: 'volatility', period: [20, 40] },
  };
  const bound = must(bindExecution(plan, plan.space, settings));
  const { size, nodes } = bound.plan;
  expect(size).toMatchObject({ kind: 'volatility' });
  expect(nodes[size!.per!]).toMatchObject({ op: 'indicator', name: 'atr', deps: [2] });
  expect(nodes[size!.node]).toMatchObject({ op: 'number', expr: { op: 'const', value: 0.01 } });
  expect(says(bindExecution(plan, plan.space, { ...settings, sizing: { ...settings.sizing, period: [2.5, 3] } }))).toContain(
    'period',
  );
});

test('every setting has a place in the execution, and other values can be put there', () => {
  for (const { path } of SETTINGS) {
    expect(settingAt(NEUTRAL_EXECUTION, path)).toBeTypeOf('number');
    const changed = withSettings(NEUTRAL_EXECUTION, new Map([[path, 7]]));
    expect(settingAt(changed, path)).toBe(7);
    expect(withSettings(changed, new Map([[path, settingAt(NEUTRAL_EXECUTION, path)]]))).toEqual(NEUTRAL_EXECUTION);
  }
});
