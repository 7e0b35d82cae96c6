import type { Execution } from '../../src/strategy/execution.ts';
import { awayFrom } from './twin-orders.ts';
import type { TwinStrategy } from './twin.ts';

interface Entry {
  readonly side: number;
  readonly price: number; // fill
  readonly signalBar: number;
  readonly equity: number;
}

/** How much an entry buys or sells; nothing above 0 is no entry. */
export function quantityOf(execution: Execution, strategy: TwinStrategy, entry: Entry): number {
  if (entry.price <= 0) return 0;
  const most = affordable(execution, entry.equity * execution.leverage, entry.price);
  const quantity = Math.min(wished(execution, strategy, entry), most);
  const { lotStep, units } = execution;
  if (lotStep === 0) return units === 'whole' ? Math.floor(quantity) : quantity;
  let lots = Math.floor(quantity / lotStep);
  while ((lots + 1) * lotStep <= quantity) lots++;
  return lots * lotStep;
}

/** Units that cost so much money, commission included. */
function affordable({ commission }: Execution, money: number, price: number): number {
  const { relative, fixed, perUnit, minimum } = commission;
  const quantity = (money - fixed) / (price * (1 + relative) + perUnit);
  return quantity * (price * relative + perUnit) < minimum ? (money - fixed - minimum) / price : quantity;
}

function wished(execution: Execution, strategy: TwinStrategy, entry: Entry): number {
  const { sizing } = execution;
  const { price, signalBar, equity } = entry;
  const kind = strategy.size?.kind ?? sizing.kind;
  const amount = strategy.size?.amount(signalBar) ?? sizing[kind === 'equity' ? 'fraction' : kind];
  switch (kind) {
    case 'equity':
      return affordable(execution, equity * amount, price);
    case 'cash':
      return affordable(execution, amount, price);
    case 'units':
      return amount;
    case 'risk':
      return perUnit(equity * amount, lossAtStop(strategy, entry));
    case 'volatility':
      return perUnit(equity * amount, strategy.size?.per(signalBar) ?? NaN);
  }
}

function perUnit(money: number, move: number): number {
  return move > 0 && move < Infinity ? money / move : 0;
}

/** Of one unit, at the nearest stop or trail as they stand at the entry. */
function lossAtStop({ orders }: TwinStrategy, { side, price, signalBar }: Entry): number {
  const own = side > 0 ? orders?.long : orders?.short;
  const losses = [...(own?.stops ?? []), ...(own?.trails ?? [])]
    .map((level) => side * (price - awayFrom(price, -side, level, signalBar)))
    .filter((loss) => !Number.isNaN(loss));
  return Math.min(...losses);
}
