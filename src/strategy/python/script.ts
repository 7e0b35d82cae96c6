import type { Execution } from '../execution.ts';
import type { Plan } from '../plan.ts';
import { COMMON, functionTexts } from './functions.ts';
import { literal, pythonNodes } from './expressions.ts';

export interface PythonStudy {
  readonly plan: Plan;
  readonly values: ArrayLike<number>; // one per axis: the trial's
  readonly parameters: readonly (readonly [name: string, value: string])[]; // the same in words
  readonly execution: Execution; // of this trial: nothing swept, the tick size known
  readonly startBar: number; // first scored bar
  readonly warmupBars: number; // of this trial
  readonly title: string; // one line
  readonly decimals: number; // of the prices, −1 where unknown
  readonly csv: string | null; // Date,Open,High,Low,Close,Volume; null: the script asks for a file
  readonly expected: readonly (readonly [label: string, value: number])[]; // of the report, to compare with
}

export interface PythonScript {
  readonly text: string;
  /** What the script leaves out, a sentence each: where there is one its trades are not those of the page. */
  readonly leftOut: readonly string[];
  /** What differs in a small way. */
  readonly remarks: readonly string[];
}

/** The trial as a script for backtesting.py 0.6; null with the reasons where its rules cannot be written there. */
export function pythonScript(study: PythonStudy): {
  readonly script: PythonScript | null;
  readonly missing: readonly string[];
} {
  const { plan, values } = study;
  const { enterLong, exitLong, enterShort, exitShort } = plan.rules;
  const roots = [enterLong, exitLong, enterShort, exitShort].filter((rule) => rule !== null);
  const nodes = pythonNodes(plan, values, roots);
  if (nodes.missing.size > 0) return { script: null, missing: [...nodes.missing] };
  const leftOut = leftOutOf(study);
  const remarks = remarksOf(study);
  const rule = (id: number | null): string => (id === null ? 'np.full(BARS, False)' : nodes.nameOf(id));
  const after = (id: number | null): string => (id === null || study.execution.fill === 'close' ? 'None' : nodes.nameOf(id));
  const text = [
    head(study, leftOut, remarks),
    settings(study),
    data(study),
    `# Indicators, as plain numpy ${'-'.repeat(60)}\n\n${[COMMON, ...functionTexts(nodes.functions)].join('\n\n\n')}`,
    `# Rules ${'-'.repeat(82)}\n\n${[
      ...nodes.lines,
      `ENTER_LONG = ${rule(enterLong)}`,
      `EXIT_LONG = ${rule(exitLong)}`,
      `ENTER_SHORT = ${rule(enterShort)}`,
      `EXIT_SHORT = ${rule(exitShort)}`,
      `EXIT_AFTER = {1: ${after(plan.orders.long.exitAfter)}, -1: ${after(plan.orders.short.exitAfter)}}  # bars, by side`,
    ].join('\n')}`,
    STRATEGY,
    run(study),
  ].join('\n\n\n');
  return { script: { text: `${text}\n`, leftOut, remarks }, missing: [] };
}

function leftOutOf({ plan, execution }: PythonStudy): string[] {
  const { orders, rules, size } = plan;
  const sides = [orders.long, orders.short];
  const levels = sides.some(
    ({ stops, targets, trails, breakEvens }) => stops.length + targets.length + trails.length + breakEvens.length > 0,
  );
  const { funding, sizing } = execution;
  const said: readonly (readonly [there: boolean, sentence: string])[] = [
    [levels, LEVELS],
    [execution.fill === 'close' && sides.some(({ exitAfter }) => exitAfter !== null), '`exit after` is left out.'],
    [rules.exitLongHeld !== null || rules.exitShortHeld !== null, HELD],
    [size !== null || !['equity', 'units'].includes(sizing.kind), 'The size is left out: the script buys for all equity.'],
    [execution.leverage !== 1 || execution.maintenance > 0, 'Leverage and margin calls are left out.'],
    [funding.short > 0 || funding.leverage > 0, 'Borrow and funding costs are left out.'],
    [execution.lotStep > 0, 'The lot step is left out.'],
  ];
  return said.flatMap(([there, sentence]) => (there ? [sentence] : []));
}

const LEVELS =
  'Stops, targets and trails are left out: here they are measured from the entry fill, and backtesting.py wants their price ' +
  'before it knows that fill.';
const HELD = 'Exits that read the position (`bars_held`, `open_profit` …) are left out.';

function remarksOf({ execution }: PythonStudy): string[] {
  const { commission, slippage, slippageTicks, halfSpread, atEnd, fill } = execution;
  const remarks: string[] = [];
  if (slippage + slippageTicks + halfSpread > 0) {
    remarks.push(
      'Slippage and spread are charged as a cost, not in the price: fills differ by them, money in the second order.',
    );
  }
  if (commission.fixed + commission.minimum > 0) {
    remarks.push('backtesting.py sizes an order before fixed costs: quantities are larger by their share of the equity.');
  }
  if (atEnd === 'close') remarks.push('A trade that is open at the end is valued there without the costs of closing it.');
  if (fill === 'close') remarks.push('backtesting.py drops orders of the last bar.');
  remarks.push('Fractions of a unit are millionths here.');
  return remarks;
}

function head({ title, parameters }: PythonStudy, leftOut: readonly string[], remarks: readonly string[]): string {
  const list = (lines: readonly string[]): string => lines.map((line) => `#   ${line}`).join('\n');
  return [
    `# ${oneLine(title)}`,
    `# ${parameters.map(([name, value]) => `${name} = ${oneLine(value)}`).join(', ') || 'no parameters'}`,
    '#',
    '# Needs numpy, pandas and backtesting 0.6 or newer: pip install backtesting',
    ...(leftOut.length === 0 ? [] : ['#', '# NOT THE SAME STUDY:', list(leftOut)]),
    '#',
    '# Small differences:',
    list(remarks),
    '',
    'import csv',
    'import io',
    'import sys',
    '',
    'import numpy as np',
  ].join('\n');
}

function settings({ execution, startBar, warmupBars, decimals }: PythonStudy): string {
  const { commission, slippage, slippageTicks, halfSpread, sizing } = execution;
  const units = sizing.kind === 'units' ? literal(sizing.units) : 'None';
  const fraction = sizing.kind === 'equity' ? literal(sizing.fraction) : '1';
  return `CASH = ${literal(execution.capital)}
START = ${Math.max(startBar, warmupBars)}  # first bar, from 0, whose signals count
SCORED = ${startBar}  # first bar that is scored
DECIMALS = ${decimals}  # of the prices, -1 where unknown
ON_OPPOSITE = '${execution.onOpposite}'
SIDES = '${execution.sides}'
AT_CLOSE = ${execution.fill === 'close' ? 'True' : 'False'}  # fill at the close of the signal's bar, else at the next open
FRACTION = ${fraction}  # of the equity that an entry buys for
UNITS = ${units}
PART = ${execution.units === 'whole' ? '1.0' : '1e-6'}  # the smallest part of a unit that can be bought


def cost(size, price):
    """Of a fill. backtesting.py also asks it with a fraction as size, to find out what a unit costs."""
    size = abs(size)
    value = size * price
    slipped = value * ${literal(slippage)} + size * PART * ${literal(halfSpread + slippageTicks * execution.tickSize)}
    if size < 1:
        return value * ${literal(commission.relative)} + slipped
    paid = max(value * ${literal(commission.relative)} + size * PART * ${literal(commission.perUnit)}, ${literal(commission.minimum)})
    return paid + ${literal(commission.fixed)} + slipped`;
}

function data({ csv }: PythonStudy): string {
  const source =
    csv === null
      ? `if len(sys.argv) < 2:
    sys.exit('usage: python SCRIPT BARS.csv   (columns Date,Open,High,Low,Close,Volume; UTC, oldest first)')
DATA = open(sys.argv[1])`
      : `DATA = io.StringIO("""${csv.trim()}
""")`;
  return `${source}
ROWS = list(csv.DictReader(DATA))
BARS = len(ROWS)
NAMES = ('Open', 'High', 'Low', 'Close', 'Volume')
open, high, low, close, volume = (np.array([float(row[name]) for row in ROWS]) for name in NAMES)
hl2, hlc3, ohlc4 = (high + low) / 2, (high + low + close) / 3, (open + high + low + close) / 4`;
}

const STRATEGY = `# Trading ${'-'.repeat(80)}

try:
    import pandas as pd
    from backtesting import Backtest, Strategy
except ImportError:
    Backtest, Strategy = None, object


class Exported(Strategy):
    def init(self):
        pass

    def enter(self, side):
        size = None if UNITS is None else max(1, int(UNITS / PART))
        buy = self.buy if side > 0 else self.sell
        if size is not None:
            buy(size=size)
        elif FRACTION < 1:
            buy(size=FRACTION)
        else:
            buy()

    def next(self):
        bar = len(self.data) - 1
        if bar < START:
            return
        long = ENTER_LONG[bar] and not EXIT_LONG[bar] and SIDES != 'short'
        short = ENTER_SHORT[bar] and not EXIT_SHORT[bar] and SIDES != 'long'
        side = 1 if self.position.is_long else -1 if self.position.is_short else 0
        if side == 0:
            if long != short:
                self.enter(1 if long else -1)
            return
        leave = EXIT_LONG[bar] if side > 0 else EXIT_SHORT[bar]
        other = short if side > 0 else long
        if leave or (other and ON_OPPOSITE != 'ignore'):
            self.position.close()
            if other and ON_OPPOSITE == 'reverse':
                self.enter(-side)
        elif EXIT_AFTER[side] is not None and bar + 1 >= self.trades[-1].entry_bar + EXIT_AFTER[side]:
            self.position.close()`;

function run({ expected }: PythonStudy): string {
  const rows = expected.map(([label, value]) => `    '${label}': ${literal(value)},`).join('\n');
  return `# What the page says of this trial.
EXPECTED = {
${rows}
}

if __name__ == '__main__':
    if Backtest is None:
        sys.exit('pip install backtesting')
    # a "unit" of the library is PART of one
    columns = dict(zip(NAMES, (open * PART, high * PART, low * PART, close * PART, volume)))
    frame = pd.DataFrame(columns, index=pd.to_datetime([row['Date'] for row in ROWS]))
    test = Backtest(frame, Exported, cash=CASH, commission=cost, trade_on_close=AT_CLOSE, finalize_trades=False)
    stats = test.run()
    equity = stats['_equity_curve']['Equity'].to_numpy()[SCORED:]
    peak = np.maximum.accumulate(np.r_[CASH, equity])[1:]
    found = {
        'Final equity': equity[-1],
        'Total return': equity[-1] / CASH - 1,
        'Max drawdown': (equity / peak - 1).min(),
        'Trades': len(stats['_trades']),
    }
    print(f'{"":16}{"this script":>18}{"the page":>18}')
    for name, value in found.items():
        print(f'{name:16}{value:18.6f}{EXPECTED.get(name, np.nan):18.6f}')`;
}

/** A text inside a comment: nothing may end the line. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 200);
}
