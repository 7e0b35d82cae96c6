import type { Bars } from '../bars/buffer.ts';
import type { Trade } from '../metrics/report.ts';
import type { Execution } from '../strategy/execution.ts';

/** An amount of an order, per bar; as in the Plan's LevelRule. */
export interface PlainLevel {
  readonly kind: 'fraction' | 'distance' | 'level';
  readonly at: Float64Array;
}

export interface PlainOrders {
  readonly stops: readonly PlainLevel[];
  readonly targets: readonly PlainLevel[];
  readonly trails: readonly PlainLevel[];
  readonly breakEvens: readonly PlainLevel[];
  readonly exitAfter: number | null; // bars
}

/** What protects one position. Prices, but for the trails' amounts. */
export interface Protection {
  readonly stop: number | null;
  readonly target: number | null;
  readonly trails: readonly { readonly kind: PlainLevel['kind']; readonly amount: number }[];
  readonly breakEvens: readonly number[]; // prices that must have been reached
  readonly timeBar: number | null; // leaves at its open
}

/** Reads the orders on the signal bar, once the entry's price is known. An amount that is no number is no order. */
export function protect(
  orders: PlainOrders,
  side: 1 | -1,
  signalBar: number,
  entryBar: number,
  entryPrice: number,
): Protection {
  const known = (levels: readonly PlainLevel[]): { kind: PlainLevel['kind']; amount: number }[] =>
    levels.map(({ kind, at }) => ({ kind, amount: at[signalBar]! })).filter(({ amount }) => !Number.isNaN(amount));
  const away = (levels: readonly PlainLevel[], direction: number): number[] =>
    known(levels).map((level) => priceAway(entryPrice, direction, level));
  return {
    stop: nearest(away(orders.stops, -side), side),
    target: nearest(away(orders.targets, side), -side),
    trails: known(orders.trails),
    breakEvens: away(orders.breakEvens, side),
    timeBar: orders.exitAfter === null ? null : entryBar + orders.exitAfter,
  };
}

/** Price away from another one, upwards where the direction is positive. */
function priceAway(price: number, direction: number, { kind, amount }: { kind: PlainLevel['kind']; amount: number }): number {
  if (kind === 'level') return amount;
  return kind === 'fraction' ? price * (1 + direction * amount) : price + direction * amount;
}

/** Highest of the prices where the side is positive, lowest where it is negative. */
function nearest(prices: readonly number[], side: number): number | null {
  if (prices.length === 0) return null;
  return prices.reduce((one, other) => (side * other > side * one ? other : one));
}

export interface StopLevel {
  readonly price: number;
  readonly reason: 'stop' | 'breakEven' | 'trail';
}

/** The stop that counts: the nearest of all kinds, equal ones in this order. @param extreme best price up to the bar before */
export function stopLevel(of: Protection, side: 1 | -1, entryPrice: number, extreme: number): StopLevel | null {
  const levels: StopLevel[] = [];
  if (of.stop !== null) levels.push({ price: of.stop, reason: 'stop' });
  if (of.breakEvens.some((price) => side * extreme >= side * price)) levels.push({ price: entryPrice, reason: 'breakEven' });
  for (const trail of of.trails) levels.push({ price: priceAway(extreme, -side, trail), reason: 'trail' });
  if (levels.length === 0) return null;
  return levels.reduce((one, other) => (side * other.price > side * one.price ? other : one));
}

export interface Touch {
  readonly reason: Trade['reason'];
  readonly price: number; // of a stop before slippage; of a target the fill
  readonly ambiguous: boolean;
}

/** What a bar does to a position that is held from its open on. */
export function touchOf(
  bars: Bars,
  { insideBar, halfSpread }: Execution,
  bar: number,
  side: 1 | -1,
  stop: StopLevel | null,
  target: number | null,
): Touch | null {
  const open = bars.open[bar]!;
  const best = (side > 0 ? bars.high : bars.low)[bar]!;
  const worst = (side > 0 ? bars.low : bars.high)[bar]!;
  const limit = target === null ? null : target + side * halfSpread;
  const stopped = stop !== null && side * worst <= side * stop.price;
  const reached = limit !== null && side * best >= side * limit;
  const stopHit = (ambiguous: boolean): Touch => ({
    reason: stop!.reason,
    price: side * open < side * stop!.price ? open : stop!.price,
    ambiguous,
  });
  const targetHit = (ambiguous: boolean): Touch => ({
    reason: 'target',
    price: side * open > side * limit! ? open - side * halfSpread : target!,
    ambiguous,
  });
  if (stopped && reached) {
    const between = side * open > side * stop.price && side * open < side * limit;
    if (insideBar === 'pessimistic') return stopHit(between);
    if (side * open <= side * stop.price) return stopHit(false);
    if (side * open >= side * limit) return targetHit(false);
    const nearer = Math.abs(limit - open) < Math.abs(open - stop.price);
    return insideBar === 'optimistic' || nearer ? targetHit(true) : stopHit(true);
  }
  if (stopped) return stopHit(false);
  return reached ? targetHit(false) : null;
}
