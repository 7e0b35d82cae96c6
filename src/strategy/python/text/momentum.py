def rsi(x, n):
    x = exact(x)
    out, change, rise, fall = np.full(len(x), np.nan), np.diff(x), 0.0, 0.0
    for i in range(n, len(x)):
        if i == n:
            rise, fall = np.maximum(change[:n], 0).sum() / n, np.maximum(-change[:n], 0).sum() / n
        else:
            rise += (max(change[i - 1], 0.0) - rise) / n
            fall += (max(-change[i - 1], 0.0) - fall) / n
        if i > n and change[i - 1] == 0 and fall > 0:
            out[i] = out[i - 1]
        else:
            out[i] = 100.0 if fall == 0 else 100 - 100 / (1 + rise / fall)
    return out


def roc(x, n):
    return 100 * (x - back(x, n)) / back(x, n)


def mom(x, n):
    return x - back(x, n)


def change(x, n):
    return x - back(x, n)


def macd(x, fast, slow):
    return ema(x, fast) - ema(x, slow)


def macdsignal(x, fast, slow, signal):
    return ema(macd(x, fast, slow), signal)


def macdhist(x, fast, slow, signal):
    return macd(x, fast, slow) - macdsignal(x, fast, slow, signal)


def ppo(x, fast, slow):
    return 100 * (ema(x, fast) - ema(x, slow)) / ema(x, slow)


def cmo(x, n):
    change = exact(x) - back(exact(x), 1)
    up, down = sum(np.maximum(change, 0), n), sum(np.maximum(-change, 0), n)
    return 100 * (up - down) / (up + down)


def dpo(x, n):
    return back(x, n // 2 + 1) - sma(x, n)


def trix(x, n):
    line = ema(ema(ema(x, n), n), n)
    return 100 * (line / back(line, 1) - 1)


def tsi(x, short, long):
    change = exact(x) - back(exact(x), 1)
    return ema(ema(change, long), short) / ema(ema(np.abs(change), long), short)


def stochrsi(x, nrsi, nstoch):
    index = rsi(x, nrsi)
    return stoch(index, index, index, nstoch)


def cci(x, n):
    mean = sma(x, n)
    return (x - mean) / (0.015 * windows(x, n, lambda w: np.abs(w - w.mean(axis=1, keepdims=True)).mean(axis=1)))


def uo(high, low, close, a, b, c):
    bought, moved = exact(close) - np.minimum(exact(low), back(exact(close), 1)), spans(high, low, close)
    return 100 * (4 * sum(bought, a) / sum(moved, a) + 2 * sum(bought, b) / sum(moved, b) + sum(bought, c) / sum(moved, c)) / 7


def ao(high, low, fast, slow):
    return (sma(high, fast) + sma(low, fast)) / 2 - (sma(high, slow) + sma(low, slow)) / 2


def aroonup(high, n):
    return 100 * (n + highestbars(high, n + 1)) / n


def aroondown(low, n):
    return 100 * (n + lowestbars(low, n + 1)) / n
