const USUAL = ['sharpe', 'totalReturn', 'cagr', 'maxDrawdown', 'calmar', 'profitFactor', 'winRate', 'trades', 'exposure'];

/** Metrics of a trial's summary: the shown one first. */
export function summaryKeys(shown: string): readonly string[] {
  return [shown, ...USUAL.filter((key) => key !== shown)].slice(0, 9);
}
