"""A stand-in for the parts of backtesting.py 0.6 that exported scripts use, by its documentation and by what its broker is known to
do: orders wait until the next bar; those that close a trade, and its stop and target, stand before those that open one, the newest
first; a market order fills at the open, or at the close before it; a stop at the worse of its price and the open, a limit at the
better one; the stop and the target that come with an order are looked at on the bar of its fill as well; a stop on the wrong side of
the last close is refused; commission is a function, asked at both fills; money that does not suffice cancels the order."""
from math import inf


class Order:
    def __init__(self, size, stop=None, limit=None, sl=None, tp=None, trade=None):
        self.size, self.stop, self.limit, self.sl, self.tp, self.trade = size, stop, limit, sl, tp, trade
        self.is_contingent = trade is not None


class Trade:
    def __init__(self, broker, size, price, bar):
        self.broker, self.size, self.entry_price, self.entry_bar = broker, size, price, bar
        self.exit_price = self.exit_bar = None
        self.orders = {'sl': None, 'tp': None}

    def close(self):
        self.broker.orders.insert(0, Order(-self.size, trade=self))

    def gain(self, price):
        return self.size * (price - self.entry_price)

    def put(self, kind, price):
        assert price is None or 0 < price < inf
        old = self.orders[kind]
        if old is not None:
            self.broker.orders.remove(old)
        self.orders[kind] = None
        if price is not None:
            levels = {'stop': price} if kind == 'sl' else {'limit': price}
            self.orders[kind] = Order(-self.size, trade=self, **levels)
            self.broker.orders.insert(0, self.orders[kind])

    sl = property(lambda self: self.orders['sl'] and self.orders['sl'].stop, lambda self, price: self.put('sl', price))
    tp = property(lambda self: self.orders['tp'] and self.orders['tp'].limit, lambda self, price: self.put('tp', price))


class Strategy:
    def __init__(self, broker):
        self.broker, self.data = broker, broker.seen

    @property
    def trades(self):
        return tuple(self.broker.trades)

    @property
    def orders(self):
        return tuple(self.broker.orders)

    @property
    def equity(self):
        return self.broker.equity

    def buy(self, size, stop=None, sl=None, tp=None):
        self.broker.order(size, stop, sl, tp)

    def sell(self, size, stop=None, sl=None, tp=None):
        self.broker.order(-size, stop, sl, tp)


class OutOfMoney(Exception):
    pass


class Broker:
    def __init__(self, data, cash, commission, margin, on_close):
        self.data, self.cash, self.commission, self.leverage, self.on_close = data, cash, commission, 1 / margin, on_close
        self.orders, self.trades, self.closed, self.seen = [], [], [], []

    @property
    def last(self):
        return self.data['Close'][len(self.seen) - 1]

    @property
    def equity(self):
        return self.cash + sum(trade.gain(self.last) for trade in self.trades)

    @property
    def free(self):
        return max(0, self.equity - sum(abs(trade.size) * self.last / self.leverage for trade in self.trades))

    def order(self, size, stop, sl, tp):
        assert size == round(size) and abs(size) >= 1
        low, high = (sl, tp) if size > 0 else (tp, sl)
        if not (-inf if low is None else low) < (self.last if stop is None else stop) < (inf if high is None else high):
            raise ValueError('levels on the wrong side')
        order = Order(size, stop=stop, sl=sl, tp=tp)
        order.cancel = lambda: self.orders.remove(order)
        self.orders.append(order)

    def process(self):
        bar = len(self.seen) - 1
        first, high, low = (self.data[name][bar] for name in ('Open', 'High', 'Low'))
        again = False
        for order in list(self.orders):
            if order not in self.orders:
                continue
            buys = order.size > 0
            if order.stop is not None:
                if not (high >= order.stop if buys else low <= order.stop):
                    continue
                price = max(first, order.stop) if buys else min(first, order.stop)
            elif order.limit is not None:
                if not (low <= order.limit if buys else high >= order.limit):
                    continue
                price = min(first, order.limit) if buys else max(first, order.limit)
            else:
                price = self.data['Close'][bar - 1] if self.on_close else first
            market = order.stop is None and order.limit is None
            at = bar - 1 if market and self.on_close else bar
            if order.trade is not None:
                if order.trade in self.trades:
                    self.leave(order.trade, price, at)
                if order in self.orders:
                    self.orders.remove(order)
                continue
            self.orders.remove(order)
            each = price + self.commission(order.size, price) / abs(order.size)
            against = [trade for trade in self.trades if trade.size * order.size < 0]
            if against:
                assert [trade.size for trade in against] == [-order.size]  # a script ends all of one, and begins none by it
                self.leave(against[0], price, at)
                continue
            if abs(order.size) * each > self.free * self.leverage:
                continue
            trade = Trade(self, order.size, price, at)
            self.trades.append(trade)
            self.cash -= self.commission(order.size, price)
            trade.tp, trade.sl = order.tp, order.sl
            again = again or order.tp is not None or order.sl is not None
        if again:
            self.process()

    def leave(self, trade, price, bar):
        self.trades.remove(trade)
        trade.sl = trade.tp = None
        trade.exit_price, trade.exit_bar = price, bar
        self.closed.append(trade)
        self.cash += trade.gain(price) - self.commission(trade.size, price)
        self.commission(trade.size, trade.entry_price)  # once more, for the statistics

    def next(self):
        self.process()
        if self.equity <= 0:
            for trade in self.trades[:]:
                self.leave(trade, self.last, len(self.seen) - 1)
            raise OutOfMoney


class Backtest:
    def __init__(self, data, strategy, *, cash, commission, margin, trade_on_close, finalize_trades):
        assert finalize_trades is False and 0 < margin <= 1
        self.data, self.strategy, self.settings = data, strategy, (cash, commission, margin, trade_on_close)

    def run(self):
        broker = Broker(self.data, *self.settings)
        strategy = self.strategy(broker)
        strategy.init()
        bars = len(self.data['Close'])
        equity = [broker.cash]
        broker.seen.append(0)
        try:
            for bar in range(1, bars):
                broker.seen.append(bar)
                broker.next()
                equity.append(broker.equity)
                strategy.next()
        except OutOfMoney:
            pass
        equity += [0] * (bars - len(equity))
        trades = sorted(broker.closed, key=lambda trade: trade.entry_bar)
        columns = {'Size': 'size', 'EntryBar': 'entry_bar', 'ExitBar': 'exit_bar'}
        table = {name: [getattr(trade, key) for trade in trades] for name, key in columns.items()}
        return {'_equity_curve': {'Equity': equity}, '_trades': table}
