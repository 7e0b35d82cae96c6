import type { Result, ResultFile } from './files.ts';

/** What is not compared, by name, each with its reason. Nothing else is left out, and no tolerance is wider than the data's. */
export const LEFT_OUT = {
  'bt-estx1m-sma_ls.json':
    'its strategy closes and opens anew when a signal comes for the side that is held, which ours ignores: two ups in a row happen where averages meet on whole prices',
  'backtrader-goog-sma_long-pct.json':
    'sizes at the close of the signal and rejects the order that the next open makes too dear; here a size is made at the fill',
} as const satisfies Readonly<Record<string, string>>;

/** A run whose comparisons came this near to a tie may trade differently with other sums; grids mark such rows. */
export const FRAGILE = 1e-11;

export function isFragile({ margin }: Pick<Result, 'margin'>): boolean {
  return margin !== null && margin < FRAGILE;
}

/** That program books the commission of a fill at the close one bar later, so equity at the closes and returns differ there. */
export function booksCommissionLate({ execution, engine }: ResultFile): boolean {
  return execution === 'close' && !engine.startsWith('vectorbt');
}

/** Its mode that closes what is open at the end fills at the price of the bar before: the last bar is not compared. */
export function endsEarly({ finalizeTrades }: ResultFile): boolean {
  return finalizeTrades;
}

/** These have no rule of ruin and go on trading with equity below 0: trades after our ruin are not compared. */
export function goesOnAfterRuin({ engine }: ResultFile): boolean {
  return !engine.startsWith('backtesting');
}

/** Its bracket orders begin on the bar after the entry's: trades that a stop or target ends on their first bar differ. */
export function protectsLate({ engine, strategy }: ResultFile): boolean {
  return engine.startsWith('backtrader') && strategy === 'sma_sltp';
}
