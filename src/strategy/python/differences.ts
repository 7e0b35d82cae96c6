import type { PythonStudy } from './python-study.ts';

/** Where the run of backtesting.py is not that of the page, a sentence each. The script's own account has none of it. */
export function differences({ plan, execution, startBar, warmupBars, lowestPrice }: PythonStudy): string[] {
  const { slippage, slippageTicks, halfSpread, funding, fill, units, lotStep, insideBar, maintenance, atEnd } = execution;
  const sides = [plan.orders.long, plan.orders.short];
  const targets = sides.some((side) => side.targets.length > 0);
  const both = sides.some(({ stops, targets, trails }) => stops.length + trails.length > 0 && targets.length > 0);
  const said: readonly (readonly [there: boolean, sentence: string])[] = [
    [lowestPrice <= 0, 'Prices at or below 0: it takes none, so it does not run.'],
    [
      slippage + slippageTicks + halfSpread > 0,
      'Slippage and spread: charged as a cost of the fill and not in its price, so that commission is on the price without them.',
    ],
    [
      targets,
      'A target on the wrong side of the last close when the order is given: it stands from the bar after the entry’s.',
    ],
    [
      both && insideBar !== 'pessimistic',
      `Stop and target inside the entry’s own bar: the stop goes first, not the ${insideBar} one.`,
    ],
    [funding.short + funding.leverage > 0, 'Borrow and funding: paid when the trade ends, not day by day.'],
    [maintenance > 0, 'Margin calls: none.'],
    [
      atEnd === 'close',
      'A trade that is open at the end: valued at the last close without the costs of closing it, and not counted.',
    ],
    [fill === 'close', 'Signals of the last bar: dropped.'],
    [
      fill === 'close' && sides.some(({ exitAfter }) => exitAfter !== null),
      'An exit after one bar: not at the open of the bar after an entry at a close.',
    ],
    [Math.max(startBar, warmupBars) === 0, 'Signals of the first bar: dropped.'],
    [units === 'fractional' && lotStep === 0, 'Fractions of a unit: rounded down at the tenth digit.'],
  ];
  const found = said.flatMap(([there, sentence]) => (there ? [sentence] : []));
  return found.length === 0 ? ['Nowhere that is known.'] : found;
}
