import type { Bars } from '../../src/bars/buffer.ts';
import { frameOffsets } from '../../src/bars/frames.ts';
import { reportTrial } from '../../src/kernel/report.ts';
import type { TrialReport } from '../../src/metrics/report.ts';
import type { PythonStudy } from '../../src/strategy/python/python-study.ts';
import { BAR_COLUMNS, pythonScript } from '../../src/strategy/python/script.ts';
import { trialWarmup } from '../../src/strategy/warmup.ts';
import type { Played } from './python-run.ts';

export function csvOf({ count, time, open, high, low, close, volume, localDate, localMinute }: Bars): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const lines = Array.from({ length: count }, (_, i) => {
    const [date, minute] = [String(localDate[i]!), localMinute[i]!];
    const local = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    const utc = new Date(time[i]!).toISOString().slice(0, 23);
    return [utc, open[i], high[i], low[i], close[i], volume[i], local].join(',');
  });
  return [BAR_COLUMNS, ...lines].join('\n');
}

/** A study as the page hands it over. */
export function studyOf(
  bars: Bars,
  { plan, execution, values, startBar }: Pick<PythonStudy, 'plan' | 'execution' | 'values' | 'startBar'>,
  more: Partial<PythonStudy> = {},
): PythonStudy {
  const tickSize = execution.tickSize || (bars.decimals >= 0 ? 10 ** -bars.decimals : 0);
  return {
    plan,
    values,
    parameters: [['fast', '10']],
    execution: { ...execution, tickSize },
    startBar,
    warmupBars: trialWarmup(plan, values, frameOffsets(bars)),
    title: 'Trial 7 on SYN',
    decimals: bars.decimals,
    lowestPrice: Math.min(...bars.low),
    csv: csvOf(bars),
    expected: [
      ['Final equity', 12345.5],
      ['Trades', 3],
    ],
    ...more,
  };
}

/** The page's own report of a study, to compare with. */
export function reportOf(bars: Bars, { plan, execution, values, startBar }: PythonStudy): TrialReport {
  const scoring = { startBar, returns: 'bar', periodsPerYear: 252 } as const;
  return reportTrial({ plan, bars, execution, scoring, objective: null, reruns: false }, values).report;
}

/** What the account does otherwise than the report, in words; null where nothing. */
export function accountDifference({ account, trades }: Played, report: TrialReport): string | null {
  const closed = report.trades.filter(({ open }) => !open);
  if (trades.length !== closed.length) return `${trades.length} trades, here ${closed.length}`;
  for (const [k, trade] of closed.entries()) {
    const [side, entryBar, exitBar, entry, exit, units, profit, reason] = trades[k]!;
    const facts = [trade.side === 'long' ? '1' : '-1', trade.entryBar, trade.exitBar, trade.reason].join();
    if ([side, entryBar, exitBar, reason].join() !== facts) return `trade ${k}: ${trades[k]!.join()}, here ${facts}`;
    const numbers = [
      [entry, trade.entryPrice, 1],
      [exit, trade.exitPrice, 1],
      [units, trade.quantity, 1],
      [profit, trade.pnl, report.capital],
    ] as const;
    for (const [found, own, scale] of numbers)
      if (!(Math.abs(Number(found) - own) <= 1e-9 * Math.max(scale, Math.abs(own)))) return `trade ${k}: ${found}, here ${own}`;
  }
  const final = report.equity.at(-1)!;
  const found = account['Final equity']!;
  return Math.abs(found - final) <= 1e-6 + 1e-9 * Math.abs(final) ? null : `final equity ${found}, here ${final}`;
}

export function scriptOf(study: PythonStudy): string {
  return pythonScript(study).text;
}
