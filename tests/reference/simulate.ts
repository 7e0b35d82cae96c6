import type { Execution } from '../../src/strategy/execution.ts';
import { breakEvenTwin, curveTwin, tradeTwin } from './report-metrics.ts';

/**
 * The slow, obvious twin of the kernel: one bar after the other, an object for every order, every equity kept, every metric
 * from its definition. It shares no code with src/kernel.
 */
export interface TwinMarket {
  readonly open: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly date: ArrayLike<number>;
}

/** What the strategy says at the close of a bar. */
export interface TwinSignal {
  readonly enterLong: boolean;
  readonly exitLong: boolean;
  readonly enterShort: boolean;
  readonly exitShort: boolean;
}

export interface TwinScoring {
  readonly startBar: number;
  readonly firstSignalBar: number;
  readonly returns: 'bar' | 'day';
  readonly periodsPerYear: number;
}

export interface TwinTrade {
  readonly side: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly quantity: number;
  readonly pnl: number;
  readonly costs: number;
  readonly reason: string;
  readonly open: boolean;
}

export interface TwinResult {
  readonly state: 'complete' | 'noTrades' | 'ruined';
  readonly equity: readonly number[]; // per scored bar
  readonly sides: readonly number[]; // per scored bar, held at its close
  readonly trades: readonly TwinTrade[];
  readonly metrics: Readonly<Record<string, number>>;
}

type Order = { readonly kind: 'buy' | 'sell'; readonly purpose: 'open' | 'close'; readonly reason: string };

class Broker {
  money: number; // equity apart from what the price of the open trade did since its fill
  side = 0;
  quantity = 0;
  entryPrice = 0;
  entryFee = 0;
  entryBar = -1;
  bankrupt = false;
  entries = 0;
  readonly trades: TwinTrade[] = [];
  readonly #execution: Execution;

  constructor(execution: Execution) {
    this.#execution = execution;
    this.money = execution.capital;
  }

  gain(price: number): number {
    return this.side * this.quantity * (price - this.entryPrice);
  }

  worth(price: number): number {
    if (this.bankrupt) return 0;
    return this.side === 0 ? this.money : this.money + this.gain(price);
  }

  fee(price: number, quantity: number): number {
    return quantity * price * this.#execution.commission.relative + this.#execution.commission.fixed;
  }

  fill(order: Order, bar: number, price: number): void {
    const { slippage } = this.#execution;
    const filled = order.kind === 'buy' ? price * (1 + slippage) : price * (1 - slippage);
    if (order.purpose === 'close') this.closeTrade(bar, filled, order.reason);
    else this.openTrade(order.kind === 'buy' ? 1 : -1, bar, filled);
  }

  openTrade(side: number, bar: number, price: number): void {
    if (this.bankrupt) return;
    const { sizing, commission, units } = this.#execution;
    const spend = this.money * sizing.fraction - commission.fixed;
    let quantity = spend / (price * (1 + commission.relative));
    if (units === 'whole') quantity = Math.floor(quantity);
    if (!(quantity > 0)) return;
    this.side = side;
    this.quantity = quantity;
    this.entryPrice = price;
    this.entryBar = bar;
    this.entryFee = this.fee(price, quantity);
    this.money -= this.entryFee;
    this.entries++;
  }

  note(bar: number, price: number, fee: number, reason: string, open: boolean): void {
    const pnl = this.gain(price) - this.entryFee - fee;
    const { side, entryBar, entryPrice, quantity } = this;
    const costs = this.entryFee + fee;
    this.trades.push({ side, entryBar, exitBar: bar, entryPrice, exitPrice: price, quantity, pnl, costs, reason, open });
  }

  closeTrade(bar: number, price: number, reason: string): void {
    if (this.side === 0) return;
    const fee = this.fee(price, this.quantity);
    this.note(bar, price, fee, reason, false);
    this.money = this.money + this.gain(price) - fee;
    this.side = 0;
    if (this.money <= 0) this.bankrupt = true;
  }
}

/** The orders that a bar's signals ask for, exit before entry. */
function ordersFor(signal: TwinSignal, side: number, { onOpposite }: Execution): Order[] {
  const wantsLong = signal.enterLong && !signal.exitLong;
  const wantsShort = signal.enterShort && !signal.exitShort;
  if (side === 0) {
    if (wantsLong === wantsShort) return [];
    return [{ kind: wantsLong ? 'buy' : 'sell', purpose: 'open', reason: 'signal' }];
  }
  const long = { out: signal.exitLong, other: wantsShort, kind: 'sell' } as const;
  const short = { out: signal.exitShort, other: wantsLong, kind: 'buy' } as const;
  const { out: wantsOut, other: wantsOther, kind } = side > 0 ? long : short;
  const orders: Order[] = [];
  if (wantsOut) orders.push({ kind, purpose: 'close', reason: 'signal' });
  else if (wantsOther && onOpposite !== 'ignore') orders.push({ kind, purpose: 'close', reason: 'opposite' });
  if (wantsOther && onOpposite === 'reverse') orders.push({ kind, purpose: 'open', reason: 'signal' });
  return orders;
}

export function simulateSlowly(
  market: TwinMarket,
  execution: Execution,
  scoring: TwinScoring,
  signalAt: (bar: number) => TwinSignal,
): TwinResult {
  const bars = market.close.length;
  const broker = new Broker(execution);
  const equity: number[] = [];
  const sides: number[] = [];
  const ordersOf = (bar: number): Order[] =>
    bar < scoring.firstSignalBar ? [] : ordersFor(signalAt(bar), broker.side, execution);
  let waiting: Order[] = [];
  for (let bar = scoring.startBar; bar < bars; bar++) {
    if (!broker.bankrupt) {
      for (const order of waiting) broker.fill(order, bar, market.open[bar]!);
      waiting = [];
      atClose(broker, execution, bar, market.close[bar]!, bar === bars - 1, ordersOf);
    }
    equity.push(broker.worth(market.close[bar]!));
    sides.push(broker.side);
    if (execution.fill === 'nextOpen' && !broker.bankrupt) waiting = ordersOf(bar);
  }
  if (broker.side !== 0) broker.note(bars - 1, market.close[bars - 1]!, 0, 'end', true);
  return {
    state: broker.bankrupt ? 'ruined' : broker.entries === 0 ? 'noTrades' : 'complete',
    equity,
    sides,
    trades: broker.trades,
    metrics: {
      ...score(market, execution, scoring, equity, sides, broker.trades),
      // only when it is asked for: it plays the trial forty times
      get breakEvenCost() {
        return breakEvenTwin((relative) => {
          const other = { ...execution, commission: { ...execution.commission, relative } };
          return simulateSlowly(market, other, scoring, signalAt).equity.at(-1)! / execution.capital - 1;
        });
      },
    },
  };
}

/** What happens at a bar's close: fills of that bar's own signals, the end of the data, ruin. */
function atClose(
  broker: Broker,
  { fill, atEnd }: Execution,
  bar: number,
  close: number,
  isLast: boolean,
  ordersOf: (bar: number) => Order[],
): void {
  const leaveFor = (reason: string): Order => ({ kind: broker.side > 0 ? 'sell' : 'buy', purpose: 'close', reason });
  if (fill === 'close' && !broker.bankrupt) for (const order of ordersOf(bar)) broker.fill(order, bar, close);
  if (isLast && atEnd === 'close') broker.fill(leaveFor('end'), bar, close);
  if (broker.side !== 0 && broker.worth(close) <= 0) {
    broker.fill(leaveFor('ruin'), bar, close);
    broker.bankrupt = true;
  }
}

const average = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;

/** Sample standard deviation; noise below 1e-12 is 0. */
function deviation(xs: readonly number[]): number {
  if (xs.length < 2) return NaN;
  const centre = average(xs);
  const value = Math.sqrt(xs.reduce((a, x) => a + (x - centre) * (x - centre), 0) / (xs.length - 1));
  return value < 1e-12 ? 0 : value;
}

const ratio = (above: number, below: number): number => (below > 0 ? above / below : NaN);

function score(
  market: TwinMarket,
  execution: Execution,
  scoring: TwinScoring,
  equity: readonly number[],
  sides: readonly number[],
  all: readonly TwinTrade[],
): Record<string, number> {
  const { capital } = execution;
  const { startBar } = scoring;
  const bars = equity.length;
  const isSample = (_: number, i: number): boolean =>
    scoring.returns === 'bar' || i === bars - 1 || market.date[startBar + i] !== market.date[startBar + i + 1];
  const sampled = equity.filter(isSample);
  const held = Array.from({ length: bars }, (_, i) => market.close[startBar + i]!);
  const benchmark = held.filter(isSample).map((value, i, closes) => value / (i === 0 ? held[0]! : closes[i - 1]!) - 1);
  const returns = sampled.map((value, i) => {
    const before = i === 0 ? capital : sampled[i - 1]!;
    return before === 0 ? 0 : value / before - 1;
  });
  const root = Math.sqrt(scoring.periodsPerYear);
  const last = equity[bars - 1]!;
  const days = (market.time[startBar + bars - 1]! - market.time[startBar]!) / 86_400_000;
  const cagr = days > 0 ? (last / capital) ** (365.25 / days) - 1 : NaN;
  let peak = capital;
  let drawdown = 0;
  for (const value of equity) {
    if (value > peak) peak = value;
    drawdown = Math.min(drawdown, value / peak - 1);
  }
  const trades = all.filter((trade) => !trade.open);
  const rates = trades.map((trade) => trade.pnl / (trade.quantity * trade.entryPrice));
  const won = trades.filter((trade) => trade.pnl > 0).reduce((sum, trade) => sum + trade.pnl, 0);
  const lost = trades.filter((trade) => trade.pnl < 0).reduce((sum, trade) => sum - trade.pnl, 0);
  return {
    finalEquity: last,
    totalReturn: last / capital - 1,
    cagr,
    volatility: deviation(returns) * root,
    sharpe: ratio(average(returns), deviation(returns)) * root,
    sortino: ratio(average(returns), Math.sqrt(average(returns.map((r) => (r < 0 ? r * r : 0))))) * root,
    calmar: ratio(cagr, -drawdown),
    maxDrawdown: drawdown,
    trades: trades.length,
    winRate: trades.filter((trade) => trade.pnl > 0).length / trades.length,
    profitFactor: won / lost,
    expectancy: average(trades.map((trade) => trade.pnl)),
    avgTrade: average(rates),
    bestTrade: rates.length > 0 ? Math.max(...rates) : NaN,
    worstTrade: rates.length > 0 ? Math.min(...rates) : NaN,
    sqn: ratio(Math.sqrt(rates.length) * average(rates), deviation(rates)),
    exposure: sides.filter((side) => side !== 0).length / bars,
    ambiguousBars: 0,
    recoveryFactor: ratio(last / capital - 1, -drawdown),
    buyHold: market.close[startBar + bars - 1]! / market.close[startBar]! - 1,
    objective: NaN,
    ...tradeTwin(trades),
    ...curveTwin(capital, equity, returns, benchmark, scoring.periodsPerYear),
    turnover:
      days > 0
        ? trades.reduce((sum, { quantity, entryPrice, exitPrice }) => sum + quantity * (entryPrice + exitPrice), 0) /
          average(equity) /
          (days / 365.25)
        : NaN,
  };
}
