import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/bars/buffer.ts';
import { createEngine, type Engine } from '../../src/kernel/engine.ts';
import { evaluatePlain } from '../../src/kernel/plain-plan.ts';
import { METRIC_KEYS, SUM_COLUMNS } from '../../src/metrics/columns.ts';
import type { Trade, TrialReport } from '../../src/metrics/report.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { readPrices } from '../support/price-file.ts';
import { executionOf, rowOf, valueOf, type Row } from '../support/kernel.ts';

/**
 * Results of other programs over real price files: BARSWEEP_REFERENCE names the folder that holds `results/` and `data/`.
 *
 * The strategies are written so that they do what the programs did; the differences that are left, and how they are met:
 * - There a decision needs every indicator one bar earlier as well: a comparison of x[1] with itself asks for that bar here.
 * - There a trade that is open at the end is marked and in no statistic: `atEnd` "mark". Their mode that closes it ("finalize")
 *   fills at an earlier price, which is a quirk and not compared.
 * - With fills at the close they book a commission one bar later (so equity is not compared on bars of fills), and drop orders
 *   of the last bar, which fill here (runs that have one are compared up to that bar).
 * - Their returns start at the second bar: one return fewer, the one that is always 0 here. Sums are equal, so means and spreads
 *   are converted.
 */
const folder = process.env['BARSWEEP_REFERENCE'] ?? '';
const results = join(folder, 'results');
const present = folder !== '' && existsSync(results);

const RANGE = '1..1000 by 1';
const TEXTS: Readonly<Record<string, { text: string; onOpposite: 'reverse' | 'ignore' }>> = {
  sma_long: {
    onOpposite: 'ignore',
    text: `fast = param(10, ${RANGE})
slow = param(20, ${RANGE})
f = sma(close, fast)
s = sma(close, slow)
enter long when f > s and f[1] < s[1]
exit long when f < s and f[1] > s[1]`,
  },
  sma_ls: {
    onOpposite: 'reverse',
    text: `fast = param(10, ${RANGE})
slow = param(20, ${RANGE})
f = sma(close, fast)
s = sma(close, slow)
enter long when f > s and f[1] < s[1]
enter short when f < s and f[1] > s[1]`,
  },
  rsi_long: {
    onOpposite: 'ignore',
    text: `period = param(14, ${RANGE})
lower = param(30, 0..100 by 0.1)
upper = param(70, 0..100 by 0.1)
r = rsi(close, period)
enter long when r < lower and r[1] == r[1]
exit long when r > upper`,
  },
  bb_long: {
    onOpposite: 'ignore',
    text: `period = param(20, ${RANGE})
k = param(2, 0..10 by 0.01)
m = sma(close, period)
enter long when close < m - k * stdev(close, period) and m[1] == m[1]
exit long when close >= m`,
  },
  bb_ls: {
    onOpposite: 'ignore',
    text: `period = param(20, ${RANGE})
k = param(2, 0..10 by 0.01)
m = sma(close, period)
d = k * stdev(close, period)
enter long when close < m - d and m[1] == m[1]
exit long when close >= m
enter short when close > m + d and m[1] == m[1]
exit short when close <= m`,
  },
  donchian: {
    onOpposite: 'ignore',
    text: `entry = param(20, ${RANGE})
leave = param(10, ${RANGE})
h = highest(high, entry)[1]
l = lowest(low, leave)[1]
enter long when close > h and h[1] == h[1]
exit long when close < l and l[1] == l[1]`,
  },
};
const RENAMED: Readonly<Record<string, string>> = { exit: 'leave' };

interface Result {
  readonly params: Readonly<Record<string, number>>;
  readonly commission: number;
  readonly numTrades: number;
  readonly finalEquity: number;
  readonly bust: boolean;
  readonly trades: readonly { entryBar: number; exitBar: number; size: number; entryPrice: number; exitPrice: number; pnl: number }[];
  readonly openTrade: { entryBar: number; size: number; entryPrice: number } | null;
  readonly equityAt: { readonly bars: readonly number[]; readonly equity: readonly number[] };
  readonly plain: Readonly<Record<string, number | null>>;
  readonly backtestingpy: Readonly<Record<string, number | null>>;
}

interface ResultFile {
  readonly dataFile: string;
  readonly bars: number;
  readonly strategy: string;
  readonly execution: 'next-open' | 'close';
  readonly finalizeTrades: boolean;
  readonly barsPerYear: number;
  readonly commission: number;
  readonly columns: readonly string[];
  readonly params: readonly string[];
  readonly rows: readonly (readonly (number | boolean | null)[])[];
  readonly results: readonly Result[];
}

const priceFiles = new Map<string, Bars>();
function pricesOf(file: ResultFile): Bars {
  const known = priceFiles.get(file.dataFile);
  if (known !== undefined) return known;
  const bars = readPrices(join(folder, 'data', file.dataFile));
  expect(bars.count).toBe(file.bars);
  priceFiles.set(file.dataFile, bars);
  return bars;
}

/** An engine for a file's strategy, and what it wants per trial. */
function prepare(file: ResultFile, commission: number): { engine: Engine; trial: (params: Readonly<Record<string, number>>) => number[] } {
  const { text, onOpposite } = TEXTS[file.strategy]!;
  const plan = valueOf(compileStrategy(text));
  const engine = valueOf(
    createEngine({
      plan,
      axisSizes: plan.space.axes.map((axis) => axis.size),
      bars: pricesOf(file).buffer,
      execution: executionOf({
        capital: 10_000,
        fill: file.execution === 'close' ? 'close' : 'nextOpen',
        onOpposite,
        atEnd: 'mark',
        commission: { relative: commission },
      }),
      scoring: { startBar: 0, returns: 'bar', periodsPerYear: file.barsPerYear },
      cacheBytes: 1 << 25,
      columns: SUM_COLUMNS,
    }),
  );
  const names = plan.space.axes.map((axis) => axis.name);
  return {
    engine,
    trial: (params) => {
      const renamed = Object.fromEntries(Object.entries(params).map(([name, value]) => [RENAMED[name] ?? name, value]));
      return names.map((name) => renamed[name]!);
    },
  };
}

/** Numbers the values of each axis in the order in which they appear: positions, as far as memoisation is concerned. */
function positionsIn(seen: Map<number, number>[]): (values: readonly number[]) => number[] {
  return (values) =>
    values.map((value, k) => {
      const known = (seen[k] ??= new Map());
      if (!known.has(value)) known.set(value, known.size);
      return known.get(value)!;
    });
}

/** Money as printed there: 13 digits of amounts in a multiple of the account. */
function expectMoney(actual: number, expected: number, what: string): void {
  expect(Math.abs(actual - expected), `${what}: ${actual}, reference ${expected}`).toBeLessThanOrEqual(1e-8 + 1e-9 * Math.abs(expected));
}

function expectRatio(actual: number, expected: number, tolerance: number, what: string): void {
  expect(Math.abs(actual - expected), `${what}: ${actual}, reference ${expected}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

const files = present ? readdirSync(results).sort() : [];
const read = (name: string): ResultFile => JSON.parse(readFileSync(join(results, name), 'utf8')) as ResultFile;

const detailed = files.filter((name) => /^bt-(goog|eurusd|orcl)-(sma_long|sma_ls|rsi_long|bb_long|bb_ls|donchian)(-close)?\.json$/.test(name));
const grids = files.filter((name) => /^bt-grid-\w+-(sma_long|sma_ls|rsi_long|bb_long|bb_ls|donchian)\.json$/.test(name));

function compareTrades(trades: readonly Trade[], result: Result, last: number): void {
  const closed = trades.filter((trade) => !trade.open && trade.exitBar <= last);
  const expected = result.trades.filter((trade) => trade.exitBar <= last);
  expect(closed.map((t) => [t.entryBar, t.exitBar])).toEqual(expected.map((t) => [t.entryBar, t.exitBar]));
  expected.forEach((reference, i) => {
    const trade = closed[i]!;
    expect(trade.side === 'long' ? 1 : -1).toBe(Math.sign(reference.size));
    expectRatio(trade.entryPrice / reference.entryPrice, 1, 1e-12, 'entry price');
    expectRatio(trade.exitPrice / reference.exitPrice, 1, 1e-12, 'exit price');
    expectMoney(trade.quantity, Math.abs(reference.size), 'size');
    expectMoney(trade.pnl, reference.pnl, `pnl of trade ${i}`);
  });
}

function compareEnd(report: TrialReport, row: Row, result: Result, file: ResultFile): void {
  const open = report.trades.find((trade) => trade.open) ?? null;
  expect(open === null ? null : open.entryBar).toBe(result.openTrade?.entryBar ?? null);
  if (open !== null) expectMoney(open.quantity, Math.abs(result.openTrade!.size), 'size of the open trade');
  expect(row.trades).toBe(result.numTrades);
  expectMoney(row.finalEquity, result.finalEquity, 'final equity');
  const fills = new Set(report.trades.flatMap((trade) => [trade.entryBar, trade.exitBar]));
  result.equityAt.bars.forEach((bar, i) => {
    if (file.execution === 'close' && fills.has(bar)) return;
    expectMoney(report.equity[bar]!, result.equityAt.equity[i]!, `equity at bar ${bar}`);
  });
}

function compareMetrics(row: Row, result: Result, file: ResultFile): void {
  const { plain, backtestingpy } = result;
  const bars = file.bars;
  const same = (actual: number, expected: number | null | undefined, what: string): void => {
    if (expected === null || expected === undefined) return;
    expectRatio(actual, expected, 1e-9, what);
  };
  same(row.winRate * 100, plain['winRatePct'], 'win rate');
  same(row.profitFactor, plain['profitFactor'], 'profit factor');
  same(row.exposure * 100, plain['exposurePct'], 'exposure');
  if (plain['expectancy'] != null) expectMoney(row.expectancy, plain['expectancy'], 'expectancy');
  same(row.bestTrade * 100, backtestingpy['bestTradePct'], 'best trade');
  same(row.worstTrade * 100, backtestingpy['worstTradePct'], 'worst trade');
  if (result.bust) return;
  if (file.execution === 'next-open') {
    same(-row.maxDrawdown * 100, plain['maxDrawdownPct'], 'max drawdown');
    same(row.cagr * 100, backtestingpy['cagrPct'], 'CAGR over calendar time');
    const { mean, deviation } = withLeadingZero(plain['sharpe'], plain['volatilityAnnPct'], bars, file.barsPerYear);
    same(row.volatility, deviation * Math.sqrt(file.barsPerYear), 'volatility');
    same(row.sharpe, (mean / deviation) * Math.sqrt(file.barsPerYear), 'Sharpe');
    if (plain['sortino'] != null) same(row.sortino, plain['sortino'] * Math.sqrt((bars - 1) / bars), 'Sortino');
  }
}

/** Mean and standard deviation of n returns, the first 0, from the Sharpe ratio and volatility of the n − 1 others. */
function withLeadingZero(
  sharpe: number | null | undefined,
  volatilityPercent: number | null | undefined,
  n: number,
  periods: number,
): { mean: number; deviation: number } {
  const spread = (volatilityPercent ?? NaN) / 100 / Math.sqrt(periods);
  const average = ((sharpe ?? NaN) * spread) / Math.sqrt(periods);
  const sum = average * (n - 1);
  const squares = spread * spread * (n - 2) + (n - 1) * average * average;
  const mean = sum / n;
  return { mean, deviation: Math.sqrt((squares - n * mean * mean) / (n - 1)) };
}

/** The Sharpe ratio of n returns, the first 0, from that of the n − 1 others. */
function sharpeWithLeadingZero(sharpe: number, n: number, periods: number): number {
  const { mean, deviation } = withLeadingZero(sharpe, 1, n, periods);
  return (mean / deviation) * Math.sqrt(periods);
}

test('what is compared', () => {
  if (!present) console.log('Results of other programs are not compared: BARSWEEP_REFERENCE names no folder with results/ and data/.');
  else expect([detailed.length, grids.length]).toEqual([16, 6]);
});

describe.runIf(present)('single runs, trade by trade', () => {
  test.each(detailed)('%s', (name) => {
    const file = read(name);
    expect(file.finalizeTrades).toBe(false);
    const seen: Map<number, number>[] = [];
    let compared = 0;
    for (const commission of new Set(file.results.map((result) => result.commission))) {
      const { engine, trial } = prepare(file, commission);
      for (const result of file.results.filter((candidate) => candidate.commission === commission)) {
        const values = trial(result.params);
        const detail = valueOf(engine.detail(positionsIn(seen)(values), values));
        const row = rowOf(detail);
        const { report } = detail;
        const what = `${name} ${JSON.stringify(result.params)}`;
        expect(report.state === 'ruined', what).toBe(result.bust);
        const lateFill = file.execution === 'close' && report.trades.some((t) => t.entryBar === file.bars - 1 || (!t.open && t.exitBar === file.bars - 1));
        compareTrades(report.trades, result, lateFill ? file.bars - 2 : file.bars - 1);
        if (lateFill) continue;
        compareEnd(report, row, result, file);
        compareMetrics(row, result, file);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(file.results.length * 0.9);
  });
});

describe.runIf(present)('whole grids', () => {
  function sweep(file: ResultFile): { compared: number; total: number } {
    const { engine, trial } = prepare(file, file.commission);
    const seen: Map<number, number>[] = [];
    const out = new Float64Array(METRIC_KEYS.length);
    let compared = 0;
    for (const cells of file.rows) {
      const expected = Object.fromEntries(file.columns.map((column, k) => [column, cells[k]!])) as Record<string, number | boolean | null>;
      const margin = expected['margin'] as number | null;
      if (margin !== null && margin < 1e-11) continue; // a tie up to rounding: another order of sums may trade differently
      const params = Object.fromEntries(Object.entries(expected).slice(0, file.columns.indexOf('finalEquity'))) as Record<string, number>;
      const values = trial(params);
      const state = engine.run(positionsIn(seen)(values), values, out);
      const row = rowOf({ state, row: out });
      const what = JSON.stringify(params);
      expect(row.trades, what).toBe(expected['numTrades']);
      expectMoney(row.finalEquity, expected['finalEquity'] as number, what);
      expectRatio(-row.maxDrawdown * 100, expected['maxDrawdownPct'] as number, 1e-9, `max drawdown ${what}`);
      if (typeof expected['winRatePct'] === 'number') expectRatio(row.winRate * 100, expected['winRatePct'], 1e-9, what);
      if (typeof expected['sharpe'] === 'number' && row.state === 'complete') {
        expectRatio(row.sharpe, sharpeWithLeadingZero(expected['sharpe'], file.bars, file.barsPerYear), 1e-9, `Sharpe ${what}`);
      }
      compared++;
    }
    return { compared, total: file.rows.length };
  }

  test.each(grids)('%s', (name) => {
    const { compared, total } = sweep(read(name));
    expect(compared).toBeGreaterThan(total * 0.9);
  });

  test('the surface of 4 971 pairs of averages that vectorbt gives', () => {
    expect(sweep(read('vectorbt-surface-goog-sma_long.json'))).toEqual({ compared: 4969, total: 4971 });
  });
});

interface TieFile {
  readonly sets: readonly {
    readonly dataFile: string;
    readonly bars: number;
    readonly cases: readonly { fast: number; slow: number; strictUp: readonly number[]; strictDown: readonly number[] }[];
  }[];
}

test.runIf(present)('averages that meet exactly: the crossings of exact arithmetic', () => {
  const plan = valueOf(compileStrategy(TEXTS['sma_long']!.text));
  const { sets } = JSON.parse(readFileSync(join(results, 'ties-sma-cross.json'), 'utf8')) as TieFile;
  let compared = 0;
  for (const { dataFile, bars: count, cases } of sets.filter((set) => /^(goog|eurusd|orcl)/.test(set.dataFile))) {
    const bars = readPrices(join(folder, 'data', dataFile));
    expect(bars.count).toBe(count);
    for (const { fast, slow, strictUp, strictDown } of cases) {
      const plain = evaluatePlain(plan, bars, [fast, slow]);
      const barsOf = (rule: number | null): number[] => Array.from(plain.condition(rule!).keys()).filter((bar) => plain.condition(rule!)[bar] === 1);
      expect([barsOf(plan.rules.enterLong), barsOf(plan.rules.exitLong)]).toEqual([strictUp, strictDown]);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(0);
});
