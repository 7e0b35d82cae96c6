import type { Execution } from '../../src/strategy/execution.ts';
import { breakEvenTwin } from './report-metrics.ts';
import { score } from './score.ts';
import { hitOf, levelsOf } from './twin-orders.ts';
import { quantityOf } from './twin-size.ts';
import type {
  Mutant,
  TwinMarket,
  TwinOrders,
  TwinResult,
  TwinScoring,
  TwinSignal,
  TwinStrategy,
  TwinTrade,
  TwinView,
} from './twin.ts';

/**
 * The slow, obvious twin of the kernel: one bar after the other, an object for every order, every level worked out anew on every
 * bar from the bars behind it, every equity kept. It shares no code with src/kernel.
 */
interface Order {
  readonly kind: 'buy' | 'sell';
  readonly purpose: 'open' | 'close';
  readonly reason: string;
  readonly signalBar: number;
}

interface Held {
  readonly side: number;
  readonly quantity: number;
  readonly bar: number;
  readonly signalBar: number;
  readonly price: number;
  readonly fee: number;
  readonly loan: number;
  interest: number;
}

const NO_ORDERS: TwinOrders = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null };

class Broker {
  money: number; // equity apart from what the price of the open trade did since its fill
  held: Held | null = null;
  bankrupt = false;
  entries = 0;
  readonly trades: TwinTrade[] = [];
  readonly #market: TwinMarket;
  readonly #execution: Execution;
  readonly #strategy: TwinStrategy;
  readonly #mutant: Mutant;

  constructor(market: TwinMarket, execution: Execution, strategy: TwinStrategy, mutant: Mutant) {
    this.#market = market;
    this.#execution = execution;
    this.#strategy = strategy;
    this.#mutant = mutant;
    this.money = execution.capital;
  }

  get side(): number {
    return this.held === null ? 0 : this.held.side;
  }

  gain(price: number): number {
    return this.held === null ? 0 : this.held.side * this.held.quantity * (price - this.held.price);
  }

  worth(price: number): number {
    if (this.bankrupt) return 0;
    return this.held === null ? this.money : this.money + this.gain(price);
  }

  fee(price: number, quantity: number): number {
    const { relative, fixed, perUnit, minimum } = this.#execution.commission;
    const bySize = quantity * Math.abs(price) * relative + quantity * perUnit;
    return (bySize < minimum ? minimum : bySize) + fixed;
  }

  /** What a market order pays or gets. */
  priceOf(kind: 'buy' | 'sell', price: number): number {
    const { slippage, slippageTicks, halfSpread } = this.#execution;
    const worse = halfSpread + slippageTicks * this.#market.tick;
    if (kind === 'buy') return (price >= 0 ? price * (1 + slippage) : price * (1 - slippage)) + worse;
    return (price >= 0 ? price * (1 - slippage) : price * (1 + slippage)) - worse;
  }

  fill(order: Order, bar: number, price: number): void {
    const filled = this.priceOf(order.kind, price);
    if (order.purpose === 'close') this.close(bar, filled, order.reason, this.#execution.fill === 'close');
    else this.open(order.kind === 'buy' ? 1 : -1, bar, filled, order.signalBar);
  }

  get orders(): TwinOrders {
    const { orders } = this.#strategy;
    if (this.held === null || orders === undefined) return NO_ORDERS;
    return this.held.side > 0 ? orders.long : orders.short;
  }

  open(side: number, bar: number, price: number, signalBar: number): void {
    if (this.bankrupt) return;
    const quantity = quantityOf(this.#execution, this.#strategy, { side, price, signalBar, equity: this.money });
    if (!(quantity > 0)) return;
    const fee = this.fee(price, quantity);
    const loan = side > 0 ? Math.max(0, quantity * price + fee - this.money) : 0;
    this.held = { side, quantity, bar, signalBar, price, fee, loan, interest: 0 };
    this.money -= fee;
    this.entries++;
  }

  /** Bars of the trade that were seen from open to close, up to `last`. */
  seen(last: number): number[] {
    if (this.held === null) return [];
    const first = this.#execution.fill === 'close' ? this.held.bar + 1 : this.held.bar;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
  }

  note(bar: number, price: number, fee: number, reason: string, toClose: boolean, open: boolean, ambiguous: boolean): void {
    const { side, quantity, interest, bar: entryBar, price: entryPrice, fee: entryFee } = this.held!;
    const costs = this.#mutant === 'commission once' ? entryFee + interest : entryFee + fee + interest;
    const pnl = this.gain(price) - costs;
    const bars = this.seen(toClose ? bar : bar - 1);
    const prices = [price, ...bars.map((at) => this.#market.high[at]!), ...bars.map((at) => this.#market.low[at]!)];
    const moves = prices.map((at) => side * (at / entryPrice - 1));
    const [mae, mfe] = [Math.min(0, ...moves), Math.max(0, ...moves)];
    const shown = { side, entryBar, exitBar: bar, entryPrice, exitPrice: price, quantity, pnl, costs, mae, mfe };
    this.trades.push({ ...shown, reason, open, ambiguous });
  }

  close(bar: number, price: number, reason: string, toClose: boolean, ambiguous = false): void {
    if (this.held === null) return;
    const fee = this.fee(price, this.held.quantity);
    this.note(bar, price, fee, reason, toClose, false, ambiguous);
    this.money = this.money + this.gain(price) - (this.#mutant === 'commission once' ? 0 : fee);
    this.held = null;
    if (this.money <= 0) this.bankrupt = true;
  }

  leaveAt(bar: number, price: number, reason: string, toClose: boolean): void {
    this.close(bar, this.priceOf(this.side > 0 ? 'sell' : 'buy', price), reason, toClose);
  }

  /** Charges what was held over the nights since the bar before. */
  payNights(bar: number): void {
    const { held } = this;
    if (held === null || held.bar >= bar) return;
    const { short, leverage } = this.#execution.funding;
    const nights = (dateOf(this.#market.date[bar]!) - dateOf(this.#market.date[bar - 1]!)) / 86_400_000;
    const perNight = held.side > 0 ? held.loan * leverage : held.quantity * Math.abs(this.#market.close[bar - 1]!) * short;
    held.interest += perNight * nights;
    this.money -= perNight * nights;
  }

  /** Best price since the entry, up to the bar before. */
  best(bar: number): number {
    const { side, price } = this.held!;
    const seen = this.seen(bar - 1).map((at) => (side > 0 ? this.#market.high[at]! : this.#market.low[at]!));
    return side > 0 ? Math.max(price, ...seen) : Math.min(price, ...seen);
  }

  view(bar: number): TwinView {
    const { side, bar: entryBar, price } = this.held!;
    const seen = this.seen(bar);
    return {
      bars_held: bar - entryBar,
      entry_price: price,
      max_since_entry: Math.max(...seen.map((at) => this.#market.high[at]!)),
      min_since_entry: Math.min(...seen.map((at) => this.#market.low[at]!)),
      open_profit: side * (this.#market.close[bar]! / price - 1),
    };
  }

  /** Stops and targets of a bar that the position is held through. */
  protect(bar: number): void {
    const { held } = this;
    if (held === null || !this.seen(bar).includes(bar)) return;
    const { side, price, signalBar } = held;
    const levels = levelsOf(this.orders, side, price, signalBar, this.best(bar));
    const hit = hitOf(this.#market, this.#execution, bar, side, levels, this.#mutant);
    if (hit === null) return;
    const paid = hit.reason === 'target' ? hit.price : this.priceOf(side > 0 ? 'sell' : 'buy', hit.price);
    this.close(bar, paid, hit.reason, false, hit.ambiguous);
  }
}

function dateOf(date: number): number {
  return Date.UTC(Math.floor(date / 10000), (Math.floor(date / 100) % 100) - 1, date % 100);
}

/** The orders that a bar's signals ask for, exit before entry. */
function ordersFor(signal: TwinSignal, side: number, leaves: boolean, bar: number, execution: Execution): Order[] {
  const { onOpposite } = execution;
  const [wantsLong, wantsShort] = wantedSides(signal, execution);
  const order = (kind: Order['kind'], purpose: Order['purpose'], reason: string): Order => ({
    kind,
    purpose,
    reason,
    signalBar: bar,
  });
  if (side === 0) return wantsLong === wantsShort ? [] : [order(wantsLong ? 'buy' : 'sell', 'open', 'signal')];
  const kind = side > 0 ? 'sell' : 'buy';
  const wantsOut = leaves || (side > 0 ? signal.exitLong : signal.exitShort);
  const wantsOther = side > 0 ? wantsShort : wantsLong;
  const turns = wantsOther && onOpposite === 'reverse' ? [order(kind, 'open', 'signal')] : [];
  if (wantsOut) return [order(kind, 'close', 'signal'), ...turns];
  return wantsOther && onOpposite !== 'ignore' ? [order(kind, 'close', 'opposite'), ...turns] : [];
}

/** Entries that their own exits do not veto, of the sides that may be traded. */
function wantedSides(signal: TwinSignal, { sides }: Execution): [long: boolean, short: boolean] {
  const long = signal.enterLong && !signal.exitLong;
  const short = signal.enterShort && !signal.exitShort;
  return [long && sides !== 'short', short && sides !== 'long'];
}

export function simulateSlowly(
  market: TwinMarket,
  execution: Execution,
  scoring: TwinScoring,
  strategy: TwinStrategy,
  mutant: Mutant = 'none',
): TwinResult {
  const bars = market.close.length;
  const broker = new Broker(market, execution, strategy, mutant);
  const equity: number[] = [];
  const sides: number[] = [];
  const ordersOf = (bar: number): Order[] => {
    if (bar < scoring.firstSignalBar) return [];
    const seen = mutant === 'look-ahead by one' ? Math.min(bar + 1, bars - 1) : bar;
    const leaves = broker.held !== null && strategy.leaves?.(broker.side, bar, broker.view(bar)) === true;
    return ordersFor(strategy.signalAt(seen), broker.side, leaves, bar, execution);
  };
  let waiting: Order[] = [];
  for (let bar = scoring.startBar; bar < bars; bar++) {
    if (!broker.bankrupt) {
      atOpen(broker, market, bar, waiting, mutant);
      waiting = [];
      broker.protect(bar);
      atClose(broker, execution, bar, market.close[bar]!, bar === bars - 1, ordersOf);
    }
    equity.push(broker.worth(market.close[bar]!));
    sides.push(broker.side);
    if (execution.fill === 'nextOpen' && !broker.bankrupt) waiting = ordersOf(bar);
  }
  if (broker.side !== 0) broker.note(bars - 1, market.close[bars - 1]!, 0, 'end', true, true, false);
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
          return simulateSlowly(market, other, scoring, strategy).equity.at(-1)! / execution.capital - 1;
        });
      },
    },
  };
}

/** What happens at a bar's open: the night that was held over, orders of the bar before, the exit after so many bars. */
function atOpen(broker: Broker, market: TwinMarket, bar: number, waiting: readonly Order[], mutant: Mutant): void {
  const price = mutant === 'fill at the signal bar' ? (market.open[bar - 1] ?? NaN) : market.open[bar]!;
  broker.payNights(bar);
  for (const order of waiting) broker.fill(order, bar, price);
  const { exitAfter } = broker.orders;
  if (exitAfter !== null && bar === broker.held!.bar + exitAfter) broker.leaveAt(bar, market.open[bar]!, 'time', false);
}

/** What happens at a bar's close: fills of that bar's own signals, the end of the data, ruin, the margin call. */
function atClose(
  broker: Broker,
  { fill, atEnd, maintenance }: Execution,
  bar: number,
  close: number,
  isLast: boolean,
  ordersOf: (bar: number) => Order[],
): void {
  if (fill === 'close' && !broker.bankrupt) for (const order of ordersOf(bar)) broker.fill(order, bar, close);
  if (isLast && atEnd === 'close' && broker.held !== null) broker.leaveAt(bar, close, 'end', true);
  if (broker.held === null) return;
  const value = maintenance * broker.held.quantity * Math.abs(close);
  if (broker.worth(close) <= 0) {
    broker.leaveAt(bar, close, 'ruin', true);
    broker.bankrupt = true;
  } else if (broker.worth(close) < value) {
    broker.leaveAt(bar, close, 'margin', true);
  }
}
