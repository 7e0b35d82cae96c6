try:
    import pandas as pd
    from backtesting import Backtest, Strategy
except ImportError:
    Backtest, Strategy = None, object

# The library knows whole units only: one of its units is so much of a real one.
PART = LOT_STEP or (1.0 if WHOLE else 10.0 ** np.floor(np.log10(CASH * LEVERAGE / max(HIGH)) - 9))
ASIDE = {'limit': None, 'owed': 0.0}  # of the trade that is held: the price at which its target fills, and funding not yet paid


def cost(size, price):
    """Of a fill, in money: commission, and slippage and spread, which the library has not in the price."""
    units, value = abs(size) * PART, abs(size) * abs(price)
    limit = ASIDE['limit']
    if limit is not None and (price >= limit * PART if limit > 0 else price <= -limit * PART):
        slipped = units * HALF_SPREAD
    else:
        slipped = value * SLIPPAGE + units * (HALF_SPREAD + SLIPPAGE_TICKS * TICK)
    owed, ASIDE['owed'] = ASIDE['owed'], 0.0
    return max(value * RELATIVE + units * PER_UNIT, MINIMUM) + FIXED + slipped + owed


class Exported(Strategy):
    """The same rules by the library's own orders: it fills, it keeps the money, it finds the stops and targets that are reached."""

    def init(self):
        self.held = None

    def next(self):
        bar = len(self.data) - 1
        trade = self.trades[-1] if self.trades else None
        ASIDE['limit'] = None
        for order in self.orders:
            if not order.is_contingent:
                order.cancel()
        if trade is None:
            self.held, ASIDE['owed'] = None, 0.0
        elif self.held is None or self.held['bar'] != trade.entry_bar:
            self.held = self.opened(trade)
        if bar + 1 == BARS:
            return
        if trade is not None:
            self.see(bar)
        leave, enter = decide(bar, self.held)
        if leave is not None:
            trade.close()
        elif trade is not None:
            self.guard(trade, bar)
        if enter != 0:
            self.enter(enter, bar, trade if leave is not None else None)

    def opened(self, trade):
        side, bar = 1 if trade.size > 0 else -1, trade.entry_bar
        signal, fill = (bar, CLOSE[bar]) if AT_CLOSE else (bar - 1, OPEN[bar])
        price = market(fill, side)
        units = abs(trade.size) * PART
        equity = self.equity - units * side * (CLOSE[len(self.data) - 1] - fill)
        loan = max(0.0, units * fill - equity) if side > 0 else 0.0
        held = dict(side=side, bar=bar, price=price, units=units, loan=loan, orders=protect(side, signal, price))
        held.update(best=price, highest=-np.inf, lowest=np.inf)
        return held

    def see(self, bar):
        held = self.held
        if bar >= held['bar'] + (1 if AT_CLOSE else 0):
            held['highest'], held['lowest'] = max(held['highest'], HIGH[bar]), min(held['lowest'], LOW[bar])
            held['best'] = max(held['best'], HIGH[bar]) if held['side'] > 0 else min(held['best'], LOW[bar])
        base = held['loan'] * FUNDING_LEVERAGE if held['side'] > 0 else held['units'] * abs(CLOSE[bar]) * FUNDING_SHORT
        ASIDE['owed'] += base * max(0, DAYS[bar + 1] - DAYS[bar])

    def guard(self, trade, bar):
        """The stop and the target of the next bar; of an exit after so many bars a target that any price reaches, at the open."""
        held = self.held
        side, after = held['side'], EXIT_AFTER[held['side']]
        if after is not None and bar + 1 == held['bar'] + after:
            if AT_CLOSE:
                trade.sl, trade.tp = None, (1e-12 if side > 0 else 1e12) * PART
            else:
                trade.close()
            return
        stop, target = stop_of(held['orders'], side, held['price'], held['best']), held['orders']['target']
        trade.sl = trade.tp = None
        levels = [('sl', None if stop is None else stop[0]), ('tp', None if target is None else target + side * HALF_SPREAD)]
        if stop is not None and target is not None and not first_stop(bar + 1, side, stop[0], levels[1][1]):
            levels.reverse()
        for name, level in reversed(levels):  # the one that is set last is looked at first
            if level is not None:
                setattr(trade, name, max(level, 1e-12) * PART)
        ASIDE['limit'] = None if target is None else side * levels[[name for name, _ in levels].index('tp')][1]

    def enter(self, side, bar, ends):
        fill = CLOSE[bar] if AT_CLOSE else OPEN[bar + 1]
        price, equity = market(fill, side), self.equity
        if ends is not None:
            left = market(fill, side)
            equity += abs(ends.size) * PART * (1 if ends.size > 0 else -1) * (fill - CLOSE[bar])
            equity -= abs(ends.size) * PART * abs(left - fill) + commission(abs(ends.size) * PART, left) + ASIDE['owed']
        orders = protect(side, bar, price)
        units = units_of(side, bar, price, equity, orders) / PART
        size = int(units * (1 + 1e-12)) if units < 1e300 else 0
        if size < 1:
            return
        stop, target = stop_of(orders, side, price, price), orders['target']
        levels = {} if stop is None else {'sl': max(stop[0], 1e-12) * PART}
        if target is not None:
            levels['tp'] = max(target + side * HALF_SPREAD, 1e-12) * PART
            ASIDE['limit'] = side * (target + side * HALF_SPREAD) if ends is None else None
        order, against = (self.buy, self.sell) if side > 0 else (self.sell, self.buy)
        for kept in (levels, {name: level for name, level in levels.items() if name == 'sl'}, {}):
            try:
                order(size=size, **kept)
                break
            except ValueError:  # a level beyond the last close is refused
                continue
        if 'sl' in levels and 'sl' not in kept:
            against(size=size, stop=levels['sl'])  # for the entry's bar alone


def first_stop(bar, side, stop, limit):
    """Whether a bar that touches both is taken to have reached the stop first."""
    first = OPEN[bar]
    if INSIDE_BAR == 'pessimistic' or side * first <= side * stop:
        return True
    return INSIDE_BAR == 'nearest' and side * first < side * limit and abs(first - stop) <= abs(limit - first)
