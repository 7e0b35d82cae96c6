import type { LevelRule, NodeId, Plan, SideOrders } from '../plan.ts';
import { heldText, literal, pythonNodes, type PythonNodes } from './expressions.ts';
import { functionTexts } from './functions.ts';
import { differences } from './differences.ts';
import type { PythonStudy } from './python-study.ts';
import clock from './text/clock.py?raw';
import common from './text/common.py?raw';
import frames from './text/frames.py?raw';
import library from './text/library.py?raw';
import main from './text/main.py?raw';
import trading from './text/trading.py?raw';

/** Of the bars: times are UTC, Local is the clock of the bars' zone. */
export const BAR_COLUMNS = 'Date,Open,High,Low,Close,Volume,Local';

/**
 * The trial as a script: its rules in numpy, an account that trades by the rules of docs/execution.md, and the same study by the
 * orders of backtesting.py 0.6, as far as that can say it.
 */
export function pythonScript(study: PythonStudy): { readonly text: string; readonly differences: readonly string[] } {
  const { plan, values } = study;
  const { enterLong, exitLong, enterShort, exitShort, exitLongHeld, exitShortHeld } = plan.rules;
  const held = [exitLongHeld, exitShortHeld].map((rule) => (rule === null ? null : heldText(plan, values, rule)));
  const roots = [enterLong, exitLong, enterShort, exitShort, ...orderNodes(plan), ...held.flatMap((exit) => exit?.roots ?? [])];
  const nodes = pythonNodes(
    plan,
    values,
    roots.filter((rule) => rule !== null),
  );
  const { sizing } = study.execution;
  const atr = plan.size === null && sizing.kind === 'volatility' ? ['atr'] : [];
  const rule = (name: string, id: NodeId | null): string =>
    `${name} = ${id === null ? 'np.full(BARS, False)' : nodes.nameOf(id)}`;
  const differ = differences(study);
  const rules = [
    ...nodes.lines,
    '',
    rule('ENTER_LONG', enterLong),
    rule('EXIT_LONG', exitLong),
    rule('ENTER_SHORT', enterShort),
    rule('EXIT_SHORT', exitShort),
    `ORDERS = {1: ${ordersText(plan.orders.long, nodes)}, -1: ${ordersText(plan.orders.short, nodes)}}`,
    `EXIT_AFTER = {1: ${afterText(plan.orders.long, nodes)}, -1: ${afterText(plan.orders.short, nodes)}}  # bars, by side`,
    `SIZE = ${sizeText(study, nodes)}  # kind, amount, movement of one unit`,
    ...held.map((exit, k) => `\n\n${heldFunction(k === 0 ? 'long' : 'short', exit?.text(nodes.nameOf) ?? 'False')}`),
  ];
  const parts = [
    head(study, differ),
    settings(study),
    data(study),
    titled('Indicators, as plain numpy', [common, clock, frames, ...functionTexts([...nodes.functions, ...atr])]),
    titled('Rules', [rules.join('\n')]),
    titled('Trading by the rules of the page', [trading]),
    titled('Trading by the orders of backtesting.py', [library]),
    expectedText(study),
    main,
  ];
  return { text: `${parts.map((part) => part.trim()).join('\n\n\n')}\n`, differences: differ };
}

function titled(title: string, parts: readonly string[]): string {
  return `# ${title} ${'-'.repeat(88 - title.length)}\n\n${parts.map((part) => part.trim()).join('\n\n\n')}`;
}

function orderNodes({ orders, size }: Plan): NodeId[] {
  const sides = [orders.long, orders.short];
  const levels = sides.flatMap(({ stops, targets, trails, breakEvens }) => [...stops, ...targets, ...trails, ...breakEvens]);
  const others = [...sides.map(({ exitAfter }) => exitAfter), size?.node ?? null, size?.per ?? null];
  return [...levels.map(({ node }) => node), ...others.filter((node) => node !== null)];
}

function ordersText({ stops, targets, trails, breakEvens }: SideOrders, { nameOf }: PythonNodes): string {
  const list = (levels: readonly LevelRule[]): string =>
    `[${levels.map(({ kind, node }) => `('${kind}', ${nameOf(node)})`).join(', ')}]`;
  return `dict(stops=${list(stops)}, targets=${list(targets)}, trails=${list(trails)}, breakEvens=${list(breakEvens)})`;
}

function afterText({ exitAfter }: SideOrders, { nameOf }: PythonNodes): string {
  return exitAfter === null ? 'None' : nameOf(exitAfter);
}

function sizeText({ plan, execution }: PythonStudy, { nameOf }: PythonNodes): string {
  const { size } = plan;
  if (size !== null) return `('${size.kind}', ${nameOf(size.node)}, ${size.per === null ? 'None' : nameOf(size.per)})`;
  const { sizing } = execution;
  const amount = literal(sizing[sizing.kind === 'equity' ? 'fraction' : sizing.kind]);
  const per = sizing.kind === 'volatility' ? `atr(high, low, close, ${sizing.period})` : 'None';
  return `('${sizing.kind}', ${amount}, ${per})`;
}

function heldFunction(side: string, text: string): string {
  return `def exit_${side}_held(bar, bars_held, entry_price, max_since_entry, min_since_entry, open_profit):
    """The part of the exit that reads the position."""
    return ${text}`;
}

function head({ title, parameters }: PythonStudy, differ: readonly string[]): string {
  return [
    `# ${oneLine(title)}`,
    `# ${parameters.map(([name, value]) => `${name} = ${oneLine(value)}`).join(', ') || 'no parameters'}`,
    '#',
    '# Needs numpy; pandas and backtesting 0.6 or newer for the second run: pip install backtesting',
    '#',
    '# The account below trades by the rules of the page and gives its trades. backtesting.py plays the same study by its own orders.',
    '# Stops, targets and sizes count from the fill, which it does not know when an order is given: the script looks the next open up.',
    '# Where the run of backtesting.py differs:',
    ...differ.map((line) => `#   ${line}`),
    '',
    'import csv',
    'import io',
    'import sys',
    '',
    'import numpy as np',
    '',
    "np.seterr(all='ignore')",
  ].join('\n');
}

function settings({ execution, startBar, warmupBars, decimals }: PythonStudy): string {
  const { commission, slippage, slippageTicks, tickSize, halfSpread, funding, leverage, maintenance, lotStep } = execution;
  const truth = (value: boolean): string => (value ? 'True' : 'False');
  return `CASH = ${literal(execution.capital)}
START = ${Math.max(startBar, warmupBars)}  # first bar, from 0, whose signals count
SCORED = ${startBar}  # first bar that is scored
DECIMALS = ${decimals}  # of the prices, -1 where unknown
AT_CLOSE = ${truth(execution.fill === 'close')}  # fill at the close of the signal's bar, else at the next open
AT_END = '${execution.atEnd}'
ON_OPPOSITE, SIDES, INSIDE_BAR = '${execution.onOpposite}', '${execution.sides}', '${execution.insideBar}'
RELATIVE, FIXED = ${literal(commission.relative)}, ${literal(commission.fixed)}  # commission: of the value, and per fill
PER_UNIT, MINIMUM = ${literal(commission.perUnit)}, ${literal(commission.minimum)}  # per unit; least of the two that depend on the size
SLIPPAGE, SLIPPAGE_TICKS, TICK, HALF_SPREAD = ${[slippage, slippageTicks, tickSize, halfSpread].map(literal).join(', ')}
FUNDING_SHORT, FUNDING_LEVERAGE = ${literal(funding.short)}, ${literal(funding.leverage)}  # per day
LEVERAGE, MAINTENANCE = ${literal(leverage)}, ${literal(maintenance)}
WHOLE, LOT_STEP = ${truth(execution.units === 'whole')}, ${literal(lotStep)}`;
}

function data({ csv }: PythonStudy): string {
  const source =
    csv === null
      ? `if len(sys.argv) < 2:
    sys.exit('usage: python SCRIPT BARS.csv   (columns ${BAR_COLUMNS}; Date in UTC, Local by the clock of the bars; oldest first)')
DATA = open(sys.argv[1])`
      : `DATA = io.StringIO("""${csv.trim()}
""")`;
  return `${source}
ROWS = list(csv.DictReader(DATA))
BARS = len(ROWS)
NAMES = ('Open', 'High', 'Low', 'Close', 'Volume')
open, high, low, close, volume = (np.array([float(row[name]) for row in ROWS]) for name in NAMES)
OPEN, HIGH, LOW, CLOSE = open.tolist(), high.tolist(), low.tolist(), close.tolist()


def averages_of(open, high, low, close):
    return dict(hl2=(high + low) / 2, hlc3=(high + low + close) / 3, ohlc4=(open + high + low + close) / 4)


globals().update(averages_of(open, high, low, close))
time = np.array([row['Date'] for row in ROWS], 'datetime64[ms]').astype(np.int64)
LOCAL = np.array([row.get('Local') or row['Date'] for row in ROWS], 'datetime64[m]')
day = LOCAL.astype('datetime64[D]').astype(int)
DAYS = day.tolist()
year = LOCAL.astype('datetime64[Y]').astype(int) + 1970.0
month = LOCAL.astype('datetime64[M]').astype(int) % 12 + 1.0
dayofmonth = (LOCAL.astype('datetime64[D]') - LOCAL.astype('datetime64[M]').astype('datetime64[D]')).astype(int) + 1.0
dayofweek = (day + 4) % 7 + 1.0  # 1 is Sunday
hour, minute = (np.floor(LOCAL.astype('datetime64[m]').astype(int) % 1440 / 60), LOCAL.astype(int) % 60.0)
date = year * 10000 + month * 100 + dayofmonth
barindex = np.arange(BARS, dtype=float)
COLUMNS = ('BARS', 'open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4', 'time', 'day', 'date', 'barindex')
COLUMNS += ('year', 'month', 'dayofmonth', 'dayofweek', 'hour', 'minute')`;
}

function expectedText({ expected }: PythonStudy): string {
  return `# What the page says of this trial.
EXPECTED = {
${expected.map(([label, value]) => `    '${label}': ${literal(value)},`).join('\n')}
}`;
}

/** A text inside a comment: nothing may end the line. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 200);
}
