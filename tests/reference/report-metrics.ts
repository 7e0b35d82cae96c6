/** Slow, obvious twins of the metrics beyond sums: each from its definition, over lists. They share no code with src/. */
export interface ReportTrade {
  readonly side: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly quantity: number;
  readonly pnl: number;
  readonly costs: number;
}

const add = (a: number, b: number): number => a + b;
const average = (xs: readonly number[]): number => xs.reduce(add, 0) / xs.length;

/** Length of the longest run of letters in a word that is written trade by trade. */
function longestRun(word: string, letter: string): number {
  return Math.max(0, ...(word.match(new RegExp(`${letter}+`, 'g')) ?? []).map((run) => run.length));
}

export function tradeTwin(trades: readonly ReportTrade[]): Record<string, number> {
  const word = trades.map(({ pnl }) => (pnl > 0 ? 'w' : pnl < 0 ? 'l' : '-')).join('');
  const before = trades.map(({ pnl, costs, quantity, entryPrice }) => {
    const gain = pnl + costs;
    return gain > 1e-12 * quantity * entryPrice ? gain : 0;
  });
  const gross = before.reduce(add, 0);
  const of = (side: number) => trades.filter((trade) => trade.side === side);
  const share = (some: readonly ReportTrade[]): number => some.filter(({ pnl }) => pnl > 0).length / some.length;
  return {
    winStreak: longestRun(word, 'w'),
    lossStreak: longestRun(word, 'l'),
    avgTradeBars: average(trades.map((trade) => trade.exitBar - trade.entryBar)),
    costShare: gross > 0 ? trades.map(({ costs }) => costs).reduce(add, 0) / gross : NaN,
    longTrades: of(1).length,
    longPnl: of(1).reduce((sum, { pnl }) => sum + pnl, 0),
    longWinRate: share(of(1)),
    shortTrades: of(-1).length,
    shortPnl: of(-1).reduce((sum, { pnl }) => sum + pnl, 0),
    shortWinRate: share(of(-1)),
  };
}

/** Highest equity up to each bar, the capital included. */
function peaksOf(capital: number, equity: readonly number[]): number[] {
  return equity.map((_, bar) => Math.max(capital, ...equity.slice(0, bar + 1)));
}

function drawdownTwin(capital: number, equity: readonly number[]): Record<string, number> {
  const peaks = peaksOf(capital, equity);
  const under = equity.map((value, bar) => value < (peaks[bar - 1] ?? capital) * (1 - 1e-12));
  const depths: number[] = [];
  const lengths: number[] = [];
  for (let bar = 0; bar < equity.length; bar++) {
    if (!under[bar] || under[bar - 1] === true) continue;
    let end = bar;
    while (under[end + 1] === true) end++;
    depths.push(Math.min(...equity.slice(bar, end + 1).map((value, k) => value / peaks[bar + k]! - 1)));
    lengths.push(Math.min(end + 1, equity.length - 1) - (bar - 1));
  }
  const squares = equity.map((value, bar) => (value / peaks[bar]! - 1) ** 2);
  return {
    avgDrawdown: average(depths),
    maxDrawdownBars: Math.max(0, ...lengths),
    avgDrawdownBars: average(lengths),
    ulcerIndex: Math.sqrt(average(squares)),
  };
}

/** The value that a share q of a large uniform draw from the sorted list, joined by lines, lies below. */
function percentile(sorted: readonly number[], q: number): number {
  const steps = sorted.length - 1;
  for (let k = 0; k < steps; k++) {
    if (q * steps <= k + 1) return sorted[k]! * (k + 1 - q * steps) + sorted[k + 1]! * (q * steps - k);
  }
  return sorted[steps] ?? NaN;
}

export function curveTwin(
  capital: number,
  equity: readonly number[],
  returns: readonly number[],
  benchmark: readonly number[],
  periodsPerYear: number,
): Record<string, number> {
  const sorted = returns.toSorted((a, b) => a - b);
  const low = percentile(sorted, 0.05);
  const count = Math.floor(0.05 * (returns.length - 1)) + 1;
  const up = returns.filter((r) => r > 0).reduce(add, 0);
  const down = -returns.filter((r) => r < 0).reduce(add, 0);
  const centre = average(benchmark);
  const variance = benchmark.reduce((sum, b) => sum + (b - centre) ** 2, 0) / (benchmark.length - 1);
  const covariance =
    returns.reduce((sum, r, k) => sum + (r - average(returns)) * (benchmark[k]! - centre), 0) / (benchmark.length - 1);
  const beta = Math.sqrt(variance) >= 1e-12 ? covariance / variance : NaN;
  return {
    ...drawdownTwin(capital, equity),
    tailRatio: Math.abs(low) < 1e-12 ? NaN : Math.abs(percentile(sorted, 0.95) / low),
    var95: low,
    cvar95: average(sorted.slice(0, count)),
    omega: (up < 1e-12 ? 0 : up) / (down < 1e-12 ? 0 : down),
    alpha: (average(returns) - beta * centre) * periodsPerYear,
    beta,
  };
}

/** @param returnAt total return under a relative commission */
export function breakEvenTwin(returnAt: (relative: number) => number): number {
  if (!(returnAt(0) > 1e-12)) return NaN;
  const halve = (low: number, width: number): number => {
    if (width <= 2 ** -40) return low + width / 2;
    const half = width / 2;
    return returnAt(low + half) > 0 ? halve(low + half, half) : halve(low, half);
  };
  return halve(0, 1);
}
