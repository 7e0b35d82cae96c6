import type { Trade, TrialReport } from '../../src/metrics/report.ts';
import { isClose, type Row } from '../support/kernel.ts';
import type { ReferenceTrade, Result, ResultFile } from './files.ts';
import { booksCommissionLate, endsEarly, goesOnAfterRuin, protectsLate } from './left-out.ts';
import { compareMetrics, compareTradeMetrics } from './compare-metrics.ts';
import type { Tally } from './tally.ts';

/** Compares one run: trades bar for bar, the open trade, equity where it is sampled, the metrics. */
export function compareRun(tally: Tally, file: ResultFile, result: Result, report: TrialReport, row: Row): void {
  const what = JSON.stringify(result.params);
  tally.runs++;
  rowIsReport(tally, what, row, report);
  const ruin = report.state === 'ruined' ? report.equity.findIndex((value) => value === 0) : file.bars;
  if (!goesOnAfterRuin(file)) tally.same(`${what} ruined`, report.state === 'ruined', result.bust);
  const end = Math.min(ruin, endsEarly(file) && !restsAtTheEnd(file, report, result) ? file.bars - 2 : file.bars - 1);
  const whole = compareTrades(tally, file, what, report.trades, result, end);
  if (!whole) return;
  if (report.state === 'ruined' && goesOnAfterRuin(file)) compareEquity(tally, file, what, report, result, end);
  else if (end === ruin || end === file.bars - 1) compareWhole(tally, file, what, report, row, result);
  else compareEquity(tally, file, what, report, result, end);
}

/** What comes of all bars. */
function compareWhole(tally: Tally, file: ResultFile, what: string, report: TrialReport, row: Row, result: Result): void {
  tally.same(`${what} closed trades`, row.trades, result.numTrades);
  tally.money(`${what} final equity`, row.finalEquity, result.finalEquity);
  compareOpen(tally, file, what, report.trades, result);
  // what is dated a bar later is held a bar less before the end
  const late = datesLate(file) && report.trades.some((trade) => trade.open) ? 1 : 0;
  compareTradeMetrics(tally, what, { ...row, exposure: row.exposure - late / file.bars }, result);
  if (booksCommissionLate(file)) return;
  compareEquity(tally, file, what, report, result, file.bars - 1);
  compareMetrics(tally, file, what, report, row, result);
}

/** @param end last bar that is compared */
function compareEquity(
  tally: Tally,
  file: ResultFile,
  what: string,
  { equity }: TrialReport,
  { equityAt }: Result,
  end: number,
): void {
  if (booksCommissionLate(file)) return;
  equityAt.bars.forEach((bar, i) => {
    if (bar <= end) tally.money(`${what} equity at ${bar}`, equity[bar]!, equityAt.equity[i]!);
  });
}

/** Whether nothing is held and nothing ordered at the end, so that a program that ends early does nothing there. */
function restsAtTheEnd({ bars }: ResultFile, report: TrialReport, { trades = [], openTrade = null }: Result): boolean {
  const late = trades.some(({ exitBar }) => exitBar >= bars - 2) || openTrade !== null;
  return !late && report.position.at(-1) === 0 && report.trades.every(({ exitBar }) => exitBar < bars - 2);
}

/** The sweep's row and the plain report come from two ways of computing. */
function rowIsReport(tally: Tally, what: string, row: Row, report: TrialReport): void {
  for (const key of ['finalEquity', 'sharpe', 'maxDrawdown', 'trades', 'profitFactor', 'exposure'] as const) {
    if (!isClose(row[key], report.metrics[key]!, row.finalEquity)) tally.same(`${what} ${key}`, row[key], report.metrics[key]);
  }
}

/** @returns whether every trade was compared, so that what comes of all of them can be */
function compareTrades(
  tally: Tally,
  file: ResultFile,
  what: string,
  all: readonly Trade[],
  result: Result,
  end: number,
): boolean {
  const shift = datesLate(file) ? 1 : 0; // of its bars against ours
  let closed = all.filter((trade) => !trade.open && (exitsLate(trade) ? trade.exitBar + shift : trade.exitBar) <= end);
  if (goesOnAfterRuin(file)) closed = closed.filter(({ reason }) => reason !== 'ruin');
  let expected = (result.trades ?? []).filter((trade) => trade.exitBar <= end);
  const before = expected.length;
  if (protectsLate(file)) [closed, expected] = withoutFirstBarExits(closed, expected);
  tally.leftOutTrades += before - expected.length;
  if (!tally.same(`${what} trades`, closed.length, expected.length)) return false;
  expected.forEach((reference, i) => compareTrade(tally, `${what} trade ${i}`, closed[i]!, reference, shift));
  return before === expected.length;
}

function compareTrade(tally: Tally, what: string, trade: Trade, reference: ReferenceTrade, shift: number): void {
  tally.trades++;
  const side = trade.side === 'long' ? 1 : -1;
  const bars = [trade.entryBar + shift, exitsLate(trade) ? trade.exitBar + shift : trade.exitBar];
  if (!tally.same(what, [...bars, side], [reference.entryBar, reference.exitBar, Math.sign(reference.size)])) return;
  tally.price(`${what} entry`, trade.entryPrice, reference.entryPrice);
  tally.price(`${what} exit`, trade.exitPrice, reference.exitPrice);
  tally.money(`${what} size`, trade.quantity, Math.abs(reference.size));
  tally.money(`${what} pnl`, trade.pnl, reference.pnl);
}

/** Whether an exit's bar is dated as an entry's is. */
function exitsLate({ reason }: Trade): boolean {
  return reason === 'signal' || reason === 'opposite';
}

/** That program's fills at the close are dated by the bar after. */
function datesLate({ engine, execution }: ResultFile): boolean {
  return engine.startsWith('backtrader') && execution === 'close';
}

/**
 * Leaves out trades that a stop or target ends on their first bar here, with what the other program did with them, and trades
 * that begin here while it still holds such a one.
 */
function withoutFirstBarExits(ours: readonly Trade[], theirs: readonly ReferenceTrade[]): [Trade[], ReferenceTrade[]] {
  const early = new Set(
    ours.filter(({ entryBar, exitBar, reason }) => exitBar === entryBar && reason !== 'signal').map(({ entryBar }) => entryBar),
  );
  const held = theirs.filter(({ entryBar }) => early.has(entryBar));
  const during = (bar: number): boolean => held.some(({ entryBar, exitBar }) => bar > entryBar && bar <= exitBar);
  return [
    ours.filter(({ entryBar }) => !early.has(entryBar) && !during(entryBar)),
    theirs.filter(({ entryBar }) => !early.has(entryBar)),
  ];
}

function compareOpen(
  tally: Tally,
  file: ResultFile,
  what: string,
  trades: readonly Trade[],
  { openTrade = null }: Result,
): void {
  const open = trades.find((trade) => trade.open);
  const shift = datesLate(file) ? 1 : 0;
  if (!tally.same(`${what} open trade`, open === undefined ? null : open.entryBar + shift, openTrade?.entryBar ?? null)) return;
  if (open === undefined || openTrade === null) return;
  tally.price(`${what} open trade's entry`, open.entryPrice, openTrade.entryPrice);
  tally.money(`${what} open trade's size`, open.quantity, Math.abs(openTrade.size));
}
