"""A stand-in for the few parts of backtesting.py 0.6 that exported scripts use, by its documentation: market orders at the next
open (or at the close before it), relative sizes rounded down to whole units, commission as a function, one position."""
import sys
from types import SimpleNamespace

FULL = 1 - sys.float_info.epsilon


class Strategy:
    def __init__(self, broker):
        self.broker = broker
        self.data = broker.seen

    @property
    def trades(self):
        return [] if self.broker.size == 0 else [SimpleNamespace(entry_bar=self.broker.entry_bar)]

    @property
    def position(self):
        broker = self.broker
        close = lambda: broker.orders.insert(0, ('close', 0))
        return SimpleNamespace(is_long=broker.size > 0, is_short=broker.size < 0, close=close)

    def buy(self, size=FULL):
        self.broker.orders.append(('open', size))

    def sell(self, size=FULL):
        self.broker.orders.append(('open', -size))


class Backtest:
    def __init__(self, data, strategy, cash, commission, trade_on_close, finalize_trades):
        assert finalize_trades is False
        self.data, self.strategy, self.cash, self.commission, self.on_close = data, strategy, cash, commission, trade_on_close
        self.size = self.entry = self.entry_bar = 0
        self.orders, self.seen, self.done = [], [], 0

    def fill(self, bar, price):
        orders, self.orders = self.orders, []
        for kind, size in orders:
            if kind == 'close' and self.size != 0:
                self.cash += self.size * (price - self.entry) - self.commission(self.size, price)
                self.size, self.done = 0, self.done + 1
            elif kind == 'open' and self.size == 0:
                each = price + self.commission(size, price) / abs(size)
                units = size if abs(size) >= 1 else int(self.cash * abs(size) // each) * (1 if size > 0 else -1)
                if units == 0 or abs(units) * each > self.cash:
                    continue
                self.size, self.entry, self.entry_bar = units, price, bar
                self.cash -= self.commission(units, price)

    def run(self):
        strategy = self.strategy(self)
        strategy.init()
        equity = []
        for bar, (opened, closed) in enumerate(zip(self.data['Open'], self.data['Close'])):
            self.seen.append(bar)
            if bar > 0:
                self.fill(bar, self.data['Close'][bar - 1] if self.on_close else opened)
                strategy.next()
            equity.append(self.cash + self.size * (closed - self.entry))
        column = SimpleNamespace(to_numpy=lambda: __import__('numpy').array(equity))
        return {'_equity_curve': {'Equity': column}, '_trades': range(self.done)}
