import { describe, expect, test } from 'vitest';
import { describeFault } from '../../src/core/fault.ts';
import { readFormula } from '../../src/language/formula.ts';
import { evaluateScalar } from '../../src/language/scalar.ts';
import { BLOCK_COLUMN, BLOCK_NUMBERS } from '../../src/metrics/blocks.ts';
import { METRICS, metricIndex, OBJECTIVE_COLUMN } from '../../src/metrics/columns.ts';
import { computedColumns, formulaOf, objectiveKey, readObjective, storedColumns } from '../../src/metrics/objective.ts';
import { createRows, openRows } from '../../src/metrics/rows.ts';
import { valueOf } from '../support/kernel.ts';

const VOCABULARY = {
  what: 'metrics',
  names: new Map([
    ['sharpe', { slot: 0 }],
    ['trades', { slot: 1 }],
    ['kind', { slot: 2, words: ['ema', 'sma'] }],
    ['held', { slot: 3, truth: true }],
  ]),
};

function evaluated(text: string, wanted: 'number' | 'truth', values: readonly number[]): number {
  return evaluateScalar(valueOf(readFormula(text, wanted, VOCABULARY)).expr, values);
}

function refused(text: string, wanted: 'number' | 'truth' = 'number'): string {
  const read = readFormula(text, wanted, VOCABULARY);
  return read.ok ? 'read' : describeFault(read.faults[0]);
}

describe('a formula over names', () => {
  test('is a number or a condition', () => {
    expect(evaluated('sharpe * min(1, trades / 100)', 'number', [2, 50])).toBe(1);
    expect(evaluated('-sharpe + 1', 'number', [2])).toBe(-1);
    expect(evaluated('trades >= 30 and not (sharpe < 1)', 'truth', [2, 50])).toBe(1);
    expect(evaluated('kind == sma or held', 'truth', [0, 0, 1, 0])).toBe(1);
    expect(evaluated('kind != sma and held', 'truth', [0, 0, 1, 1])).toBe(0);
  });

  test('a comparison with what is not defined is false, a number with it is not defined', () => {
    expect(evaluated('sharpe > 0 or sharpe <= 0', 'truth', [NaN])).toBe(0);
    expect(evaluated('min(sharpe, 1)', 'number', [NaN])).toBeNaN();
  });

  test('may stand on several lines, and reads each slot once', () => {
    const read = valueOf(readFormula('trades // often\n + sharpe * trades', 'number', VOCABULARY));
    expect(read.slots).toEqual([0, 1]);
    expect(evaluateScalar(read.expr, [3, 2])).toBe(8);
  });

  test('faults say where, what and what to do', () => {
    expect(refused('sharp * 2')).toBe('Line 1, column 1. There is no `sharp` here. Did you mean `sharpe`?');
    expect(refused('1 + mn(1, 2)')).toBe('Line 1, column 5. `mn` is not a function here. Did you mean `min`?');
    expect(refused('min(1)')).toBe('Line 1, column 1. `min` takes 2 and has 1 arguments. Write `min(x, y)`.');
    expect(refused('min')).toBe('Line 1, column 1. `min` is a function. Call it, as in `min(1, trades / 100)`.');
    expect(refused('sharpe > 1')).toContain('is a condition where a number belongs.');
    expect(refused('sharpe', 'truth')).toContain('is a number where a condition belongs.');
    expect(refused('sharpe and trades', 'truth')).toContain('`sharpe` is a number where a condition belongs.');
    expect(refused('1 + (sharpe > 1)')).toContain('`sharpe > 1` is a condition where a number belongs.');
    expect(refused('kind == hma', 'truth')).toContain('`hma` is not one of its names.');
    expect(refused('kind + 1')).toContain('`kind` is a choice of names.');
    expect(refused('kind > sma', 'truth')).toContain('Names have no order.');
    expect(refused('sharpe[1]')).toContain('bars cannot be read back');
    expect(refused('sharpe trades')).toContain('follows a finished expression');
    expect(refused('trades > 5 && held', 'truth')).toContain('Write `and`.');
    expect(refused(' ')).toBe('The expression is empty. Write one, or a name.');
    expect(refused('1 +')).toContain('ends where a value belongs');
    expect(refused(`1${' + 1'.repeat(600)}`)).toContain('characters');
    expect(refused(`${'('.repeat(100)}1${')'.repeat(100)}`)).toContain('levels deep');
  });
});

describe('an objective', () => {
  test('is a metric in its own direction, or an expression of which more is better', () => {
    const metric = valueOf(readObjective(' sharpe '));
    expect([metric.kind, objectiveKey(metric)]).toEqual(['metric', 'sharpe']);
    const expression = valueOf(readObjective('sharpe * min(1, trades / 100)'));
    expect([expression.kind, objectiveKey(expression)]).toEqual(['expression', 'objective']);
    expect(METRICS[OBJECTIVE_COLUMN]!.direction).toBe('max');
  });

  test('has a column; what it reads is computed and need not be stored', () => {
    const trades = metricIndex('trades');
    const sharpe = metricIndex('sharpe');
    const expression = valueOf(readObjective('sharpe * min(1, trades / 100)'));
    expect(storedColumns(['trades'], valueOf(readObjective('trades')))).toEqual([trades]);
    expect(storedColumns(['trades'], valueOf(readObjective('sharpe')))).toEqual([sharpe, trades]);
    const stored = storedColumns(['trades'], expression);
    expect(stored).toEqual([OBJECTIVE_COLUMN, trades]);
    expect([...computedColumns(stored, formulaOf(expression).objective)].sort((a, b) => a - b)).toEqual(
      [sharpe, trades, OBJECTIVE_COLUMN].sort((a, b) => a - b),
    );
  });

  test('block moments stand last, whatever else is stored', () => {
    const objective = valueOf(readObjective('sharpe'));
    const [trades, sharpe, drawdown] = ['trades', 'sharpe', 'maxDrawdown'].map(metricIndex);
    const stored = storedColumns(['blockMoments', 'trades'], objective, [drawdown!, sharpe!]);
    expect(stored).toEqual([sharpe, trades, drawdown, BLOCK_COLUMN]);
    const rows = createRows({ rowCount: 3, axisCount: 1, metrics: stored }, (bytes) => new ArrayBuffer(bytes));
    const opened = valueOf(openRows(rows.buffer));
    expect(opened).toMatchObject({ metrics: [sharpe, trades, drawdown], stored });
    expect([opened.columns.length, opened.moments.length]).toEqual([3, 3 * BLOCK_NUMBERS]);
    expect(opened.moments.byteOffset + opened.moments.byteLength).toBe(rows.buffer.byteLength);
    expect(readObjective('blockSum1')).toMatchObject({ ok: false });
  });

  test('one that every trial shares, or that reads itself, is refused', () => {
    expect(readObjective('1 + 1')).toMatchObject({ ok: false, faults: [{ code: 'objective_constant' }] });
    expect(readObjective('objective + 1')).toMatchObject({ ok: false, faults: [{ code: 'unknown_name' }] });
  });
});
