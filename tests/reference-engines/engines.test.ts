import { describe, expect, test } from 'vitest';
import { compareRun } from './compare-run.ts';
import { present, pricesOf, readResults, resultFiles, type ResultFile } from './files.ts';
import { FRAGILE, isFragile, LEFT_OUT } from './left-out.ts';
import { createPlayer, type Player } from './player.ts';
import { Tally } from './tally.ts';

/** Replays every run and every row of a grid that three other programs made, in their semantics. */
const MINUTE = 60_000;
const leftOut: Readonly<Record<string, string>> = LEFT_OUT;
const detailed = resultFiles(/^(bt-(?!grid)|backtrader-|vectorbt-(?!surface)).*\.json$/).filter((name) => !(name in leftOut));
const grids = resultFiles(/^(bt-grid-|vectorbt-surface-).*\.json$/);

function told(name: string, tally: Tally): void {
  console.log(tally.line(name));
  expect(tally.mismatches.slice(0, 5)).toEqual([]);
}

/** The bars are those of the file. */
function checkPrices(file: ResultFile): void {
  const bars = pricesOf(file.dataFile, file.bars);
  expect(bars.count).toBe(file.bars);
  for (const key of ['open', 'high', 'low', 'close'] as const) {
    expect([bars[key][0], bars[key][file.bars - 1]]).toEqual([file.firstBar[key], file.lastBar[key]]);
  }
}

test('what is compared', () => {
  if (!present) {
    console.log(
      'Results of other programs are not compared (43 files skipped): BARSWEEP_REFERENCE names no folder with results/ and data/.',
    );
    return;
  }
  for (const [name, reason] of Object.entries(leftOut)) console.log(`${name}: left out, ${reason}`);
  expect([detailed.length, grids.length]).toEqual([34, 9]);
});

describe.runIf(present)('single runs, trade by trade', () => {
  test.each(detailed)(
    '%s',
    (name) => {
      const file = readResults(name) as ResultFile;
      checkPrices(file);
      const tally = new Tally();
      const players = new Map<number, Player>();
      for (const result of file.results!) {
        if (isFragile(result)) {
          tally.skipped++;
          continue;
        }
        const { commission, params } = result;
        const player = players.get(commission) ?? createPlayer(file, commission);
        players.set(commission, player);
        compareRun(tally, file, result, player.report(params), player.row(params));
      }
      told(name, tally);
      expect(tally.skipped).toBe(0);
    },
    2 * MINUTE,
  );
});

describe.runIf(present)('whole grids, row by row', () => {
  test.each(grids)(
    '%s',
    (name) => {
      const file = readResults(name) as ResultFile & { readonly fragileRows: number };
      checkPrices(file);
      const player = createPlayer(file, file.commission!);
      const tally = new Tally();
      for (const cells of file.rows!) {
        const expected = Object.fromEntries(file.columns!.map((column, k) => [column, cells[k]!]));
        const { margin } = expected as { margin: number | null };
        if (margin !== null && margin < FRAGILE) {
          tally.skipped++;
          continue;
        }
        const params = Object.fromEntries(file.params!.map((param) => [param, expected[param] as number]));
        const row = player.row(params);
        const what = JSON.stringify(params);
        const number = (key: string): number | null => (typeof expected[key] === 'number' ? expected[key] : null);
        tally.runs++;
        tally.trades += row.trades;
        tally.same(`${what} trades`, row.trades, expected['numTrades']);
        tally.money(`${what} final equity`, row.finalEquity, number('finalEquity')!);
        tally.metric(`${what} return`, row.totalReturn * 100, number('returnPct'));
        tally.metric(`${what} win rate`, row.winRate * 100, number('winRatePct'));
        tally.metric(`${what} max drawdown`, -row.maxDrawdown * 100, number('maxDrawdownPct'));
        if (expected['bust'] !== undefined) tally.same(`${what} ruined`, row.state === 'ruined', expected['bust']);
        if (row.state === 'complete') tally.metric(`${what} Sharpe`, withoutFirst(row, file), number('sharpe'));
      }
      told(name, tally);
      expect(tally.skipped).toBe(file.fragileRows);
    },
    2 * MINUTE,
  );
});

/** The Sharpe ratio without the first return, which is 0, from the one with it. */
function withoutFirst(
  { sharpe, volatility }: { sharpe: number; volatility: number },
  { bars, barsPerYear }: ResultFile,
): number {
  const deviation = volatility / Math.sqrt(barsPerYear);
  const mean = (sharpe * deviation) / Math.sqrt(barsPerYear);
  const sum = mean * bars;
  const squares = deviation * deviation * (bars - 1) + bars * mean * mean;
  const rest = sum / (bars - 1);
  return (rest / Math.sqrt((squares - (bars - 1) * rest * rest) / (bars - 2))) * Math.sqrt(barsPerYear);
}
