import type { Execution } from '../../src/strategy/execution.ts';
import type { Mutant, TwinLevel, TwinMarket, TwinOrders } from './twin.ts';

interface Level {
  readonly price: number;
  readonly reason: string;
}

interface Levels {
  readonly stop: Level | undefined;
  readonly target: Level | undefined;
}

/** A price so far away, upwards where the direction is positive; a level is where it is. */
export function awayFrom(price: number, direction: number, { kind, at }: TwinLevel, signalBar: number): number {
  const amount = at(signalBar);
  if (kind === 'level') return amount;
  return kind === 'fraction' ? price * (1 + direction * amount) : price + direction * amount;
}

/** The stop and the target that count on a bar. @param best price since the entry, up to the bar before */
export function levelsOf(orders: TwinOrders, side: number, price: number, signalBar: number, best: number): Levels {
  const stops = orders.stops.map((level) => ({ price: awayFrom(price, -side, level, signalBar), reason: 'stop' }));
  const moved = orders.breakEvens.some((level) => side * best >= side * awayFrom(price, side, level, signalBar));
  if (moved) stops.push({ price, reason: 'breakEven' });
  for (const level of orders.trails) stops.push({ price: awayFrom(best, -side, level, signalBar), reason: 'trail' });
  const targets = orders.targets.map((level) => ({ price: awayFrom(price, side, level, signalBar), reason: 'target' }));
  const known = (levels: readonly Level[]): Level[] => levels.filter((level) => !Number.isNaN(level.price));
  return {
    stop: known(stops).sort((a, b) => side * (b.price - a.price))[0],
    target: known(targets).sort((a, b) => side * (a.price - b.price))[0],
  };
}

interface Hit extends Level {
  readonly ambiguous: boolean;
}

/** What a bar does to the levels; of a stop the price before slippage, of a target the fill. */
export function hitOf(
  market: TwinMarket,
  execution: Execution,
  bar: number,
  side: number,
  { stop, target }: Levels,
  mutant: Mutant,
): Hit | null {
  const [open, high, low] = [market.open[bar]!, market.high[bar]!, market.low[bar]!];
  const [bad, good] = side > 0 ? [low, high] : [high, low];
  const spread = side * execution.halfSpread;
  const stopAt = stop === undefined ? -side * Infinity : stop.price;
  const targetAt = target === undefined ? side * Infinity : target.price + spread; // there the far side of the spread is at the target
  const past = (price: number, level: number): boolean => side * price >= side * level;
  const stopped = past(stopAt, bad);
  const reached = past(good, targetAt);
  const ambiguous = stopped && reached && !past(stopAt, open) && !past(open, targetAt);
  if (stopped && (!reached || stopFirst(execution, past(stopAt, open), past(open, targetAt), stopAt, open, targetAt, mutant))) {
    return { price: past(stopAt, open) ? open : stopAt, reason: stop!.reason, ambiguous };
  }
  if (!reached) return null;
  return { price: side * open > side * targetAt ? open - spread : target!.price, reason: 'target', ambiguous };
}

/** Of a bar that touches both. */
function stopFirst(
  { insideBar }: Execution,
  opensStopped: boolean,
  opensReached: boolean,
  stop: number,
  open: number,
  target: number,
  mutant: Mutant,
): boolean {
  if (mutant === 'stop after target') return false;
  if (insideBar === 'pessimistic' || opensStopped) return true;
  if (insideBar === 'optimistic' || opensReached) return false;
  return Math.abs(open - stop) <= Math.abs(target - open);
}
