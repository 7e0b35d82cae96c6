import type { Trade } from '../metrics/report.ts';

/** Columns of a trade list, in order; bar indices are 0-based in ascending time, times ISO 8601 in UTC. */
export const TRADE_COLUMNS = [
  'side',
  'entryBar',
  'exitBar',
  'entryTime',
  'exitTime',
  'entryPrice',
  'exitPrice',
  'quantity',
  'pnl',
  'returnFraction',
  'reason',
  'open',
  'costs',
] as const;

/** The trades of one trial as CSV lines, the header first; numbers in shortest round-trip form. */
export function* tradeCsvLines(trades: readonly Trade[]): Generator<string> {
  yield TRADE_COLUMNS.join(',');
  for (const trade of trades) {
    yield TRADE_COLUMNS.map((column) => {
      const value = trade[column];
      return column === 'entryTime' || column === 'exitTime' ? new Date(Number(value)).toISOString() : String(value);
    }).join(',');
  }
}
