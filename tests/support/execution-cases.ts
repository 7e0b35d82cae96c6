import fc from 'fast-check';
import type { Bars } from '../../src/bars/buffer.ts';
import { createGraph } from '../../src/strategy/graph.ts';
import type { Execution } from '../../src/strategy/execution.ts';
import type { LevelRule, NodeId, Plan, SideOrders, SizeRule } from '../../src/strategy/plan.ts';
import type { TwinLevel, TwinOrders, TwinStrategy, TwinView } from '../reference/twin.ts';
import { EMPTY_PLAN, NO_RULES } from './empty-plan.ts';
import { barsOf, executionOf, lettersOf } from './kernel.ts';

/** Random studies over every setting of the execution and every kind of order, for the kernel and for its twin. */

// Prices with jumps of tens of percent, so that levels are gapped and shorts ruined now and then, with repeats so that levels tie.
const bar = fc.record({
  gap: fc.constantFrom(1, 1, 1, 0.97, 1.03, 1.3, 0.7, 2.2),
  move: fc.constantFrom(1, 1, 0.99, 1.01, 0.9, 1.1, 0.8, 1.25, 1.9, 0.5),
  up: fc.constantFrom(1, 1, 1.02, 1.1, 1.3),
  down: fc.constantFrom(1, 1, 0.98, 0.9, 0.7),
  code: fc.oneof(fc.constantFrom(0, 0, 0, 1, 4, 1, 4, 2, 8, 5), fc.integer({ min: 0, max: 15 })),
});

export type Move = typeof bar extends fc.Arbitrary<infer T> ? T : never;

export function barsFrom(moves: readonly Move[], spacingHours: number): Bars {
  let price = 100;
  const cents = (x: number): number => Math.max(0.01, Math.round(x * 100) / 100);
  const rows = moves.map(({ gap, move, up, down, code }) => {
    const open = cents(Math.min(1e7, price * gap));
    price = cents(Math.min(1e7, open * move));
    const high = cents(Math.max(open, price) * up);
    const low = cents(Math.min(open, price) * down);
    return { open, close: price, high, low, volume: code };
  });
  return barsOf(rows, spacingHours * 3_600_000);
}

const few = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(values[0]!, values[0]!, ...values);

export const execution: fc.Arbitrary<Execution> = fc
  .record({
    fill: fc.constantFrom('nextOpen' as const, 'close' as const),
    sides: few('both' as const, 'long' as const, 'short' as const),
    onOpposite: fc.constantFrom('reverse' as const, 'exit' as const, 'ignore' as const),
    insideBar: fc.constantFrom('pessimistic' as const, 'optimistic' as const, 'nearest' as const),
    atEnd: fc.constantFrom('close' as const, 'mark' as const),
    commission: fc.record({
      relative: fc.constantFrom(0, 0.001, 0.05),
      fixed: few(0, 1, 150),
      perUnit: few(0, 0.1),
      minimum: few(0, 5),
    }),
    slippage: few(0, 0.0005, 0.02),
    slippageTicks: few(0, 3),
    tickSize: few(0, 0.25),
    halfSpread: few(0, 0.05, 1),
    funding: fc.record({ short: few(0, 0.001), leverage: few(0, 0.002) }),
    capital: fc.constantFrom(1000, 10_000),
    sizing: fc.record({
      kind: few('equity' as const, 'cash' as const, 'units' as const, 'risk' as const),
      fraction: fc.constantFrom(1, 0.5, 2),
      cash: fc.constantFrom(500, 3000),
      units: fc.constantFrom(3, 1.7),
      risk: fc.constantFrom(0.01, 0.2),
    }),
    units: fc.constantFrom('fractional' as const, 'whole' as const),
    lotStep: few(0, 0.5, 2),
    leverage: few(1, 3),
    maintenance: fc.constantFrom(0, 0.2, 0.6),
  })
  .map((changes) => executionOf(changes));

/** Amounts that an order may have, by number. */
const LEVELS = [
  { kind: 'fraction', value: 0.02 },
  { kind: 'fraction', value: 0.1 },
  { kind: 'distance', value: 3 },
  { kind: 'distance', series: 'range' },
  { kind: 'level', series: 'low' },
  { kind: 'level', series: 'high' },
  { kind: 'fraction', series: 'hole' },
] as const;
const HELD = ['none', 'bars', 'profit', 'retreat', 'either'] as const;
const SIZES = ['none', 'equity', 'cash', 'units', 'risk', 'volatility'] as const;

const some: fc.Arbitrary<readonly number[]> = fc.array(few(0, 1, 2, 3, 4, 5, 6), { maxLength: 2 });
const moving: fc.Arbitrary<readonly number[]> = fc.array(few(0, 1, 2, 3, 6), { maxLength: 2 }); // trails and break-evens have no level
const sideRecipe = fc.record({
  stops: some,
  targets: some,
  trails: moving,
  breakEvens: moving,
  exitAfter: few(null, null, 1, 2, 5),
  held: few(...HELD),
});
const recipe = fc.record({ long: sideRecipe, short: sideRecipe, size: few(...SIZES) });
export type Recipe = typeof recipe extends fc.Arbitrary<infer T> ? T : never;
type SideRecipe = Recipe['long'];

export const study = fc.record({
  moves: fc.oneof(
    { weight: 1, arbitrary: fc.array(bar, { minLength: 1, maxLength: 12 }) },
    { weight: 4, arbitrary: fc.array(bar, { minLength: 40, maxLength: 60 }) },
  ),
  execution,
  recipe,
  start: fc.nat(20),
  returns: fc.constantFrom('bar' as const, 'day' as const),
  spacingHours: fc.constantFrom(24, 7, 1, 60),
});

const SIZE_AMOUNTS = { equity: 0.8, cash: 700, units: 4, risk: 0.05, volatility: 0.03 } as const;
/** A series without a value on every third bar. */
const holeAt = (bars: Bars, at: number): number => (bars.volume[at]! % 3 === 0 ? NaN : 0.05);

const plans = new WeakMap<Recipe, Plan>();

/** Built once per recipe: several runs of a case share it. */
export function planOfRecipe(recipe: Recipe): Plan {
  const known = plans.get(recipe) ?? buildPlan(recipe);
  plans.set(recipe, known);
  return known;
}

function buildPlan({ long, short, size }: Recipe): Plan {
  const graph = createGraph();
  const number = (value: number): NodeId => graph.number({ op: 'const', value });
  const third = graph.math('floor', [graph.math('div', [graph.source('volume'), number(3)])]);
  const rest = graph.math('sub', [graph.source('volume'), graph.math('mul', [third, number(3)])]);
  const series = {
    range: graph.math('sub', [graph.source('high'), graph.source('low')]),
    low: graph.source('low'),
    high: graph.source('high'),
    // rest ÷ rest × 0.05: no number where rest is 0
    hole: graph.math('mul', [graph.math('div', [rest, rest]), number(0.05)]),
  };
  const level = (k: number): LevelRule => {
    const rule = LEVELS[k]!;
    return { kind: rule.kind, node: 'value' in rule ? number(rule.value) : series[rule.series] };
  };
  const orders = (side: SideRecipe): SideOrders => ({
    stops: side.stops.map(level),
    targets: side.targets.map(level),
    trails: side.trails.map(level),
    breakEvens: side.breakEvens.map(level),
    exitAfter: side.exitAfter === null ? null : number(side.exitAfter),
  });
  const held = ({ held: kind }: SideRecipe): NodeId | null => {
    switch (kind) {
      case 'none':
        return null;
      case 'bars':
        return graph.compare('ge', graph.held('bars_held'), number(3));
      case 'profit':
        return graph.join(
          'and',
          graph.compare('gt', graph.held('open_profit'), number(0.05)),
          graph.not(graph.compare('gt', graph.source('close'), graph.source('open'))),
        );
      case 'retreat':
        return graph.join(
          'or',
          graph.compare('lt', graph.source('close'), graph.math('mul', [graph.held('max_since_entry'), number(0.9)])),
          graph.compare(
            'gt',
            graph.source('close'),
            graph.math('add', [graph.held('min_since_entry'), graph.held('entry_price')]),
          ),
        );
      case 'either':
        return graph.compare(
          'lt',
          graph.source('close'),
          graph.select(
            graph.join(
              'and',
              graph.compare('ge', graph.held('bars_held'), number(2)),
              graph.compare('gt', graph.source('close'), graph.source('open')),
            ),
            graph.held('entry_price'),
            graph.math('mul', [graph.source('low'), number(1.02)]),
          ),
        );
    }
  };
  const sizeRule = (): SizeRule | null => {
    if (size === 'none') return null;
    return { kind: size, node: number(SIZE_AMOUNTS[size]), per: size === 'volatility' ? series.range : null };
  };
  const rules = { ...NO_RULES, ...lettersOf(graph), exitLongHeld: held(long), exitShortHeld: held(short) };
  const parts = { orders: { long: orders(long), short: orders(short) }, size: sizeRule() };
  return { ...EMPTY_PLAN, nodes: graph.nodes, rules, ...parts };
}

export function twinOfRecipe({ long, short, size }: Recipe, bars: Bars): TwinStrategy {
  const { open, close, high, low, volume } = bars;
  const series = {
    range: (at: number): number => high[at]! - low[at]!,
    low: (at: number): number => low[at]!,
    high: (at: number): number => high[at]!,
    hole: (at: number): number => holeAt(bars, at),
  };
  const level = (k: number): TwinLevel => {
    const rule = LEVELS[k]!;
    return { kind: rule.kind, at: 'value' in rule ? () => rule.value : series[rule.series] };
  };
  const orders = ({ stops, targets, trails, breakEvens, exitAfter }: SideRecipe): TwinOrders => ({
    stops: stops.map(level),
    targets: targets.map(level),
    trails: trails.map(level),
    breakEvens: breakEvens.map(level),
    exitAfter,
  });
  const leaves = (side: number, at: number, view: TwinView): boolean => {
    switch ((side > 0 ? long : short).held) {
      case 'none':
        return false;
      case 'bars':
        return view.bars_held >= 3;
      case 'profit':
        return view.open_profit > 0.05 && !(close[at]! > open[at]!);
      case 'retreat':
        return close[at]! < view.max_since_entry * 0.9 || close[at]! > view.min_since_entry + view.entry_price;
      case 'either':
        return close[at]! < (view.bars_held >= 2 && close[at]! > open[at]! ? view.entry_price : low[at]! * 1.02);
    }
  };
  const is = (at: number, bit: number): boolean => ((volume[at]! >> bit) & 1) === 1;
  return {
    signalAt: (at) => ({ enterLong: is(at, 0), exitLong: is(at, 1), enterShort: is(at, 2), exitShort: is(at, 3) }),
    orders: { long: orders(long), short: orders(short) },
    leaves,
    ...(size === 'none' ? {} : { size: { kind: size, amount: () => SIZE_AMOUNTS[size], per: series.range } }),
  };
}

export type StudyCase = typeof study extends fc.Arbitrary<infer T> ? T : never;

/** Studies whose long trades end at a signal, a stop or a target, and whose costs are shares of the value: the kernel remembers hits. */
export const guardedStudy: typeof study = study.map((of) => {
  const { long, short } = of.recipe;
  const bare = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null, held: 'none' } as const;
  const { fill, onOpposite, insideBar, atEnd, commission, slippage, capital } = of.execution;
  const { relative } = commission;
  return {
    ...of,
    execution: executionOf({ sides: 'long', fill, onOpposite, insideBar, atEnd, commission: { relative }, slippage, capital }),
    recipe: {
      long: { ...bare, stops: long.stops.slice(0, 1), targets: [...long.targets, ...short.targets].slice(0, 1) },
      short: bare,
      size: 'none',
    },
  };
});

/** Studies whose trades end at signals and at exits that read the position, costs as above: the kernel finds them in blocks of bars. */
export const positionalStudy: typeof study = study.map((of) => {
  const { long, short } = of.recipe;
  const bare = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null } as const;
  const { sides, fill, onOpposite, atEnd, commission, slippage, capital } = of.execution;
  const { relative } = commission;
  return {
    ...of,
    execution: executionOf({ sides, fill, onOpposite, atEnd, commission: { relative }, slippage, capital }),
    recipe: {
      long: { ...bare, held: long.held === 'none' ? 'bars' : long.held },
      short: { ...bare, held: short.held },
      size: 'none',
    },
  };
});

export const bare = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null, held: 'none' } as const;

const scanStudy: typeof study = study.map((of) => {
  const { funding: _, maintenance: __, ...execution } = of.execution;
  const sizing = { ...execution.sizing, fraction: execution.sizing.fraction === 1 ? 0.9 : execution.sizing.fraction };
  return { ...of, execution: executionOf({ ...execution, sizing }), recipe: { ...of.recipe, long: bare, short: bare } };
});
export const proportionalStudy: typeof study = guardedStudy.map((of) => ({ ...of, recipe: { ...of.recipe, long: bare } }));

/** The ways in which a sweep computes a row, each with studies that take it; tiles of pairs have a test of their own bytes. */
export const PATHS = [
  ['walk', study],
  ['scan', scanStudy],
  ['guarded', guardedStudy],
  ['proportional', proportionalStudy],
  ['positional', positionalStudy],
] as const;

/** Every setting of a study with its value, what a side's orders are included. */
export function settingsOf({ execution: of, recipe: rules, returns, spacingHours }: StudyCase): Record<string, string> {
  const { commission, funding, sizing, swept: _, tickSize, ...plain } = of;
  const orders = (name: string, { exitAfter, held, ...levels }: SideRecipe): [string, string][] => [
    ...Object.entries(levels).map(([order, list]): [string, string] => [`${name} ${order}`, String(Math.min(1, list.length))]),
    [`${name} exitAfter`, String(exitAfter)],
    [`${name} held`, held],
  ];
  const nested = { commission, funding, sizing };
  return {
    ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, String(value)])),
    ...Object.fromEntries(
      Object.entries(nested).flatMap(([name, group]) =>
        Object.entries(group).map(([key, value]): [string, string] => [`${name}.${key}`, String(value)]),
      ),
    ),
    ...Object.fromEntries([...orders('long', rules.long), ...orders('short', rules.short)]),
    tickSize: String(tickSize),
    size: rules.size,
    returns,
    spacingHours: String(spacingHours),
  };
}
