REASONS = ('stop', 'breakEven', 'trail')


def at(amount, bar):
    """A number, or a series on a bar."""
    return float(amount if np.isscalar(amount) else amount[bar])


def away(price, direction, kind, amount):
    """A price so far away, upwards where the direction is positive; a level is where it is."""
    if kind == 'level':
        return amount
    return price * (1 + direction * amount) if kind == 'fraction' else price + direction * amount


def market(price, direction):
    """What a market or stop order pays (1) or gets (-1)."""
    towards = -direction if price < 0 else direction
    return price * (1 + towards * SLIPPAGE) + direction * (HALF_SPREAD + SLIPPAGE_TICKS * TICK)


def commission(units, price):
    return max(units * abs(price) * RELATIVE + units * PER_UNIT, MINIMUM) + FIXED


def affordable(money, price):
    """Units whose value and commission together are the money."""
    units = (money - FIXED) / (price * (1 + RELATIVE) + PER_UNIT)
    return (money - FIXED - MINIMUM) / price if units * (price * RELATIVE + PER_UNIT) < MINIMUM else units


def known(orders, bar):
    return [(kind, at(amount, bar)) for kind, amount in orders if at(amount, bar) == at(amount, bar)]


def protect(side, bar, price):
    """Stop, target, trails and break-even prices of an entry, read on its signal's bar and counted from its fill."""
    orders = ORDERS[side]
    stops = [away(price, -side, *order) for order in known(orders['stops'], bar)]
    targets = [away(price, side, *order) for order in known(orders['targets'], bar)]
    return {
        'stop': max(stops, key=lambda level: side * level) if stops else None,
        'target': min(targets, key=lambda level: side * level) if targets else None,
        'trails': known(orders['trails'], bar),
        'even': [away(price, side, *order) for order in known(orders['breakEvens'], bar)],
    }


def stop_of(orders, side, price, best):
    """The nearest stop as (price, reason): of the entry, at break-even, under the best price up to the bar before. None without one."""
    found = [] if orders['stop'] is None else [(orders['stop'], 'stop')]
    if any(side * best >= side * level for level in orders['even']):
        found.append((price, 'breakEven'))
    found += [(away(best, -side, *trail), 'trail') for trail in orders['trails']]
    return max(found, key=lambda stop: side * stop[0]) if found else None


def units_of(side, bar, price, equity, orders):
    """How much an entry buys or sells; not above 0 is no entry."""
    kind, amount, per = SIZE
    amount = at(amount, bar)
    if not price > 0:
        return 0.0
    if kind in ('equity', 'cash'):
        wish = affordable(equity * amount if kind == 'equity' else amount, price)
    elif kind == 'units':
        wish = amount
    else:
        stop = stop_of(dict(orders, even=[]), side, price, price)
        move = at(per, bar) if kind == 'volatility' else np.nan if stop is None else side * (price - stop[0])
        wish = equity * amount / move if move > 0 else np.nan
    if wish != wish:
        return 0.0
    wish = min(wish, affordable(equity * LEVERAGE, price))
    if LOT_STEP == 0:
        return float(np.floor(wish)) if WHOLE else wish
    lots = float(np.floor(wish / LOT_STEP))
    return (lots + 1) * LOT_STEP if (lots + 1) * LOT_STEP <= wish else lots * LOT_STEP


def touched(bar, side, stop, target):
    """What a bar does to the levels: (price, reason) or None; of a stop the price before slippage."""
    best, worst = (HIGH[bar], LOW[bar]) if side > 0 else (LOW[bar], HIGH[bar])
    first, limit = OPEN[bar], None if target is None else target + side * HALF_SPREAD
    stopped = stop is not None and side * worst <= side * stop[0]
    reached = limit is not None and side * best >= side * limit
    if stopped and reached:
        if side * first <= side * stop[0] or INSIDE_BAR == 'pessimistic':
            reached = False
        elif INSIDE_BAR == 'optimistic' or side * first >= side * limit:
            stopped = False
        else:
            stopped = abs(first - stop[0]) <= abs(limit - first)
            reached = not stopped
    if stopped:
        return (first if side * first < side * stop[0] else stop[0], stop[1])
    if reached:
        return (first - side * HALF_SPREAD if side * first > side * limit else target, 'target')
    return None


def decide(bar, held):
    """(why to leave, side to enter or 0) by the signals of a bar's close."""
    if bar < START:
        return None, 0
    long = bool(ENTER_LONG[bar]) and not EXIT_LONG[bar] and SIDES != 'short'
    short = bool(ENTER_SHORT[bar]) and not EXIT_SHORT[bar] and SIDES != 'long'
    if held is None:
        return None, 0 if long == short else 1 if long else -1
    side = held['side']
    other = short if side > 0 else long
    turn = -side if other and ON_OPPOSITE == 'reverse' else 0
    terms = (np.float64(bar - held['bar']), np.float64(held['price']), np.float64(held['highest']), np.float64(held['lowest']))
    profit = np.float64(side * (CLOSE[bar] / held['price'] - 1))
    leave = EXIT_LONG[bar] if side > 0 else EXIT_SHORT[bar]
    if leave or (exit_long_held if side > 0 else exit_short_held)(bar, *terms, profit):
        return 'signal', turn
    return ('opposite', turn) if other and ON_OPPOSITE != 'ignore' else (None, 0)


class Account:
    """Trades by the rules of the page, bar after bar."""

    def __init__(self):
        self.cash, self.held, self.ruined = CASH, None, False
        self.trades, self.equity = [], np.zeros(BARS - SCORED)

    def gain(self, price):
        return self.held['side'] * self.held['units'] * (price - self.held['price'])

    def enter(self, side, bar, price, signal):
        price = market(price, side)
        orders = protect(side, signal, price)
        units = units_of(side, signal, price, self.cash, orders)
        if not 0 < units < np.inf:
            return
        cost = commission(units, price)
        loan = max(0.0, units * price + cost - self.cash) if side > 0 else 0.0
        first = bar + 1 if AT_CLOSE else bar
        self.held = dict(side=side, units=units, bar=bar, first=first, price=price, cost=cost, loan=loan, orders=orders, paid=0.0)
        self.held.update(best=price, highest=-np.inf, lowest=np.inf)
        self.cash -= cost

    def leave(self, bar, price, reason):
        held, cost, gain = self.held, commission(self.held['units'], price), self.gain(price)
        profit = gain - held['cost'] - cost - held['paid']
        self.trades.append((held['side'], held['bar'], bar, held['price'], price, held['units'], profit, reason))
        self.cash += gain - cost
        self.held = None
        self.ruined = self.cash <= 0

    def leave_market(self, bar, price, reason):
        self.leave(bar, market(price, -self.held['side']), reason)

    def fill(self, due, bar, price):
        leave, enter, signal = due
        if self.held is not None and leave is not None:
            self.leave_market(bar, price, leave)
        if enter != 0 and not self.ruined:
            self.enter(enter, bar, price, signal)

    def pay_nights(self, bar):
        """A short pays on its value at the close before, a long on what it took beyond the equity."""
        held = self.held
        base = held['loan'] * FUNDING_LEVERAGE if held['side'] > 0 else held['units'] * abs(CLOSE[bar - 1]) * FUNDING_SHORT
        nights = DAYS[bar] - DAYS[bar - 1]
        if nights > 0:
            held['paid'] += base * nights
            self.cash -= base * nights

    def live_through(self, bar):
        held = self.held
        stop = stop_of(held['orders'], held['side'], held['price'], held['best'])
        touch = touched(bar, held['side'], stop, held['orders']['target'])
        if touch is None:
            held['highest'], held['lowest'] = max(held['highest'], HIGH[bar]), min(held['lowest'], LOW[bar])
            held['best'] = max(held['best'], HIGH[bar]) if held['side'] > 0 else min(held['best'], LOW[bar])
        elif touch[1] == 'target':
            self.leave(bar, touch[0], 'target')
        else:
            self.leave_market(bar, touch[0], touch[1])

    def run(self):
        due = (None, 0, -1)
        for bar in range(SCORED, BARS):
            if self.held is not None:
                self.pay_nights(bar)
            self.fill(due, bar, OPEN[bar])
            due = (None, 0, -1)
            held = self.held
            if held is not None and EXIT_AFTER[held['side']] is not None and bar == held['bar'] + EXIT_AFTER[held['side']]:
                self.leave_market(bar, OPEN[bar], 'time')
            if self.held is not None:
                self.live_through(bar)
            if AT_CLOSE and not self.ruined:
                self.fill((*decide(bar, self.held), bar), bar, CLOSE[bar])
            if self.held is not None and bar == BARS - 1 and AT_END == 'close':
                self.leave_market(bar, CLOSE[bar], 'end')
            worth = self.cash if self.held is None else self.cash + self.gain(CLOSE[bar])
            if self.held is not None and worth <= 0:
                self.leave_market(bar, CLOSE[bar], 'ruin')
                self.ruined = True
            elif self.held is not None and worth < MAINTENANCE * self.held['units'] * abs(CLOSE[bar]):
                self.leave_market(bar, CLOSE[bar], 'margin')
                worth = self.cash
            if self.ruined:
                break
            self.equity[bar - SCORED] = self.cash if self.held is None else worth
            if not AT_CLOSE:
                due = (*decide(bar, self.held), bar)
        return self
