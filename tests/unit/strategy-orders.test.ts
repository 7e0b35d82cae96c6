import { describe, expect, test } from 'vitest';
import { describeFault, type Fault } from '../../src/core/fault.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { checkPeriods } from '../../src/strategy/periods.ts';
import { largestWarmup, trialWarmup } from '../../src/strategy/warmup.ts';

const ENTER = 'enter long when close > open\n';
const BOTH = `${ENTER}enter short when close < open\n`;

function plan(text: string): Plan {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults.map(describeFault).join('\n'));
  return compiled.value;
}

function faults(text: string): readonly Fault[] {
  const compiled = compileStrategy(text);
  return compiled.ok ? [] : compiled.faults;
}

function brief(text: string): string[] {
  return faults(text).map(({ code, place }) =>
    place?.kind === 'text' ? `${code} ${place.line}:${place.column}+${place.length}` : code,
  );
}

/** Operands that may trade places, in the order of their words. */
function sorted(fn: string, words: string[]): string[] {
  return fn === 'mul' ? words.sort().reverse() : words;
}

/** A node written out, as far as these tests read it. */
function shown(of: Plan, id: number | null): string {
  if (id === null) return '–';
  const node = of.nodes[id]!;
  switch (node.op) {
    case 'number':
      return node.expr.op === 'const' ? String(node.expr.value) : node.expr.op;
    case 'source':
      return node.source;
    case 'held':
      return node.term;
    case 'math':
      return `${node.fn}(${sorted(
        node.fn,
        node.args.map((arg) => shown(of, arg)),
      ).join(' ')})`;
    case 'indicator':
      return `${node.name}(${node.params.map((arg) => shown(of, arg)).join(' ')})`;
    case 'compare':
      return `${node.fn}(${shown(of, node.left)} ${shown(of, node.right)})`;
    case 'and':
    case 'or':
      return `${node.op}(${[shown(of, node.left), shown(of, node.right)].sort().join(' ')})`;
    default:
      return node.op;
  }
}

function orders(text: string): string[] {
  const of = plan(text);
  return (['long', 'short'] as const).flatMap((side) => {
    const { exitAfter, ...lists } = of.orders[side];
    const levels = Object.entries(lists).flatMap(([list, rules]) =>
      rules.map(({ kind, node }) => `${side} ${list} ${kind} ${shown(of, node)}`),
    );
    return exitAfter === null ? levels : [...levels, `${side} after ${shown(of, exitAfter)}`];
  });
}

describe('protective orders', () => {
  test.each([
    ['stop 2%', ['long stops fraction 0.02', 'short stops fraction 0.02']],
    ['stop long 2%', ['long stops fraction 0.02']],
    ['stop short 1.5 points', ['short stops distance 1.5']],
    ['target long atr(14) * 3', ['long targets distance mul(atr(14) 3)']],
    ['target short at close * 0.98', ['short targets level mul(close 0.98)']],
    ['trail long (atr(5))%', ['long trails fraction div(atr(5) 100)']],
    ['trail long atr(5)%', ['long trails fraction div(atr(5) 100)']],
    ['breakeven long 1%', ['long breakEvens fraction 0.01']],
    ['exit after 40 bars', ['long after 40', 'short after 40']],
    ['exit short after 1 bar', ['short after 1']],
    ['exit after 9 bars\nexit long after 3 bars', ['long after 3', 'short after 9']],
    ['stop long 2%\nstop long 2 %\nstop long 1%', ['long stops fraction 0.02', 'long stops fraction 0.01']],
  ])('%s', (clause, expected) => {
    expect(orders(BOTH + clause).sort()).toEqual([...expected].sort());
  });

  test('a swept percentage is a fraction of the parameter', () => {
    const of = plan(`sl = param(2, 0.5..5 by 0.5)\n${ENTER}stop (sl)%`);
    expect(of.nodes[of.orders.long.stops[0]!.node]).toEqual({
      type: 'number',
      op: 'number',
      expr: {
        op: 'math',
        fn: 'div',
        args: [
          { op: 'axis', axis: 0 },
          { op: 'const', value: 100 },
        ],
      },
      deps: [0],
    });
    expect(of.warnings).toEqual([]);
  });

  test('a line that begins a clause ends the statement before it', () => {
    expect(orders(`${ENTER}stop 1%\ntarget 2%\nbreakeven 1%`)).toHaveLength(6);
  });

  test('`breakeven`, `at`, `bars` and units are names like others elsewhere', () => {
    expect(
      plan('breakeven = sma(close, 3)\nbars = 2\nunits = breakeven[bars]\nenter long when close > units').plots,
    ).toHaveLength(2);
  });
});

describe('size', () => {
  test.each([
    ['size 50%', 'equity', '0.5', '–'],
    ['size 10000 cash', 'cash', '10000', '–'],
    ['size 100 units', 'units', '100', '–'],
    ['size risk 1%\nstop 2%', 'risk', '0.01', '–'],
    ['size volatility 1% per atr(14)', 'volatility', '0.01', 'atr(14)'],
    ['size close * 10 cash', 'cash', 'mul(close 10)', '–'],
  ])('%s', (clause, kind, node, per) => {
    const of = plan(ENTER + clause);
    expect(of.size?.kind).toBe(kind);
    expect(shown(of, of.size!.node)).toBe(node);
    expect(shown(of, of.size!.per)).toBe(per);
  });
});

describe('exits that read the position', () => {
  test('alternatives that read it stand apart, the others stay with the plain exit', () => {
    const of = plan(`${ENTER}exit long when close < low[1] or bars_held >= 5 or open_profit > 0.1 and close > open
exit long when close < open`);
    expect(shown(of, of.rules.exitLong)).toBe('or(lt(close open) lt(close shift))');
    expect(shown(of, of.rules.exitLongHeld)).toBe('or(and(gt(close open) gt(open_profit 0.1)) ge(bars_held 5))');
    expect(of.rules.exitShortHeld).toBeNull();
  });

  test('through names, `not` and arithmetic; series that read it are not drawn', () => {
    const of = plan(`give_back = (max_since_entry - close) / entry_price * 100\n${ENTER}exit long when not (give_back < 3)`);
    expect(of.rules.exitLong).toBeNull();
    expect(of.nodes[of.rules.exitLongHeld!]!.op).toBe('not');
    expect(of.plots).toEqual([]);
  });

  test.each([
    ['enter long when bars_held > 3', ['held_outside_exit 1:17+13']],
    ['x = open_profit * 2\nenter long when close > x', ['held_outside_exit 2:17+9']],
    [`${ENTER}stop entry_price - 3`, ['held_outside_exit 2:6+15']],
    [`${ENTER}size open_profit units`, ['held_outside_exit 2:6+11']],
    [`${ENTER}exit long when open_profit[1] > 0`, ['held_history 2:16+11']],
    [`${ENTER}exit long when (open_profit > 0)[1]`, ['held_history 2:17+15']],
    [`${ENTER}exit long when sma(open_profit, 3) > 0`, ['held_history 2:20+11']],
    [`${ENTER}exit long when crossover(close, entry_price)`, ['held_history 2:33+11']],
    [`${ENTER}exit after bars_held bars`, ['wrong_type 2:12+9']],
    ['require bars_held > 3\nenter long when true', ['wrong_type 1:9+13']],
  ])('%j', (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });
});

describe('faults and warnings', () => {
  test.each([
    ['stop', ['unfinished 2:1+4']],
    ['stop 0%', ['bad_amount 2:6+1']],
    ['target -2', ['bad_amount 2:8+2']],
    ['stop 2 * 3%', ['percent_of_sum 2:11+1']],
    ['stop (1) * (3)%', ['percent_of_sum 2:15+1']],
    ['stop at 2%', ['unexpected 2:10+1']],
    ['trail at close', ['level_not_here 2:7+2']],
    ['stop close > open', ['wrong_type 2:6+12']],
    ['exit after bars', ['unfinished 2:12+4']],
    ['exit after 3', ['unfinished 2:12+1']],
    ['exit after 2.5 bars', ['bad_after 2:12+3']],
    ['exit after 0 bars', ['bad_after 2:12+1']],
    ['exit after close bars', ['wrong_type 2:12+5']],
    ['size', ['unfinished 2:1+4']],
    ['size 5', ['unfinished 2:6+1']],
    ['size 5 csh', ['unexpected 2:8+3']],
    ['size risk 1', ['unfinished 2:11+1']],
    ['size risk 1%', ['risk_without_stop 2:1+12']],
    ['size volatility 1%', ['unfinished 2:18+1']],
    ['size volatility 1% per 3', ['wrong_type 2:24+1']],
    ['size 1%\nsize 2%', ['size_twice 3:1+7']],
    ['exit long when close > 2%', ['percent_here 2:25+1']],
  ])('%j', (clause, expected) => {
    expect(brief(ENTER + clause)).toEqual(expected);
    for (const { message, advice } of faults(ENTER + clause)) {
      expect(message).toMatch(/^\S.*\.$/);
      expect(advice).toMatch(/^\S.*[.?]$/);
    }
  });

  test.each([
    [ENTER, 'stop short 2%', ['exit_without_entry 2']],
    [ENTER, 'exit short after 3 bars', ['exit_without_entry 2']],
    [ENTER, 'exit short when bars_held > 3', ['exit_without_entry 2']],
    [BOTH, 'stop at close * 0.9', ['level_for_both_sides 3']],
    [ENTER, 'stop at close * 0.9', []],
    [BOTH, 'stop 2%', []],
  ])('warnings of %j %j', (enter, clause, expected) => {
    expect(
      plan(enter + clause).warnings.map(({ code, place }) => `${code} ${place?.kind === 'text' ? place.line : 0}`),
    ).toEqual(expected);
  });

  test('the number of bars is checked again for ranges that a person changed', () => {
    const of = plan(`n = param(3, 1..9 by 1)\n${ENTER}exit after n - 0 bars`);
    expect(checkPeriods(of, of.space.axes)).toBeNull();
    expect(brief(`n = param(3, 0..9 by 1)\n${ENTER}exit after n bars`)).toEqual(['bad_after 1:5+19']);
  });
});

test('amounts and sizes count for the warm-up', () => {
  expect(trialWarmup(plan(`${ENTER}stop atr(14) * 3`), [])).toBe(13);
  expect(trialWarmup(plan(`${ENTER}size volatility 1% per atr(20)`), [])).toBe(19);
  expect(trialWarmup(plan(`${ENTER}exit long when open_profit > 0 and close < sma(close, 8)`), [])).toBe(7);
  const swept = plan(`n = param(14, 2..40 by 1)\n${ENTER}target atr(n)`);
  expect(largestWarmup(swept, swept.space.axes)).toEqual({ bars: 39, axis: 'n' });
});

test('what an order or size says is part of the hash; the order of its lines is not', () => {
  const hashes = [
    '',
    'stop 2%',
    'stop long 2%',
    'target 2%',
    'stop 2',
    'size 2%',
    'exit after 2 bars',
    'exit long when bars_held > 2',
  ].map((clause) => plan(ENTER + clause).hash);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(plan(`${ENTER}stop 2%\nstop atr(3)`).hash).toBe(plan(`stop atr(1 + 2)\n${ENTER}stop 2%`).hash);
});
