def highest(x, n):
    return later(lambda x: windows(x, n, lambda w: w.max(axis=1)), x)


def lowest(x, n):
    return later(lambda x: windows(x, n, lambda w: w.min(axis=1)), x)


def highestbars(x, n):
    """Bars since the newest of the highest, times -1."""
    return later(lambda x: windows(x, n, lambda w: -np.argmax(w[:, ::-1], axis=1)), x)


def lowestbars(x, n):
    return later(lambda x: windows(x, n, lambda w: -np.argmin(w[:, ::-1], axis=1)), x)


def pivothigh(x, left, right):
    return np.where(highestbars(x, left + right + 1) == -right, back(x, right), np.nan)


def pivotlow(x, left, right):
    return np.where(lowestbars(x, left + right + 1) == -right, back(x, right), np.nan)


def donchian(high, low, n):
    return (highest(high, n) + lowest(low, n)) / 2


def tenkan(high, low, n):
    return donchian(high, low, n)


def kijun(high, low, n):
    return donchian(high, low, n)


def senkoua(high, low, fast, slow, shift):
    return back((donchian(high, low, fast) + donchian(high, low, slow)) / 2, shift)


def senkoub(high, low, n, shift):
    return back(donchian(high, low, n), shift)


def tr(high, low, close):
    before = back(close, 1)
    return np.fmax(high - low, np.fmax(np.abs(high - before), np.abs(low - before)))


def spans(high, low, close):
    """True ranges from bar 1 on, in ticks where there are ticks."""
    high, low, before = exact(high), exact(low), back(exact(close), 1)
    return np.maximum(high, before) - np.minimum(low, before)


def atr(high, low, close, n):
    return rma(tr(high, low, close), n)


def natr(high, low, close, n):
    return 100 * atr(high, low, close, n) / close


def kcupper(x, high, low, close, n, mult):
    return ema(x, n) + mult * ema(tr(high, low, close), n)


def kclower(x, high, low, close, n, mult):
    return ema(x, n) - mult * ema(tr(high, low, close), n)


def chop(high, low, close, n):
    before = back(exact(close), 1)
    top, bottom = np.maximum(exact(high), before), np.minimum(exact(low), before)
    return 100 * np.log(sum(spans(high, low, close), n) / (highest(top, n) - lowest(bottom, n))) / np.log(n)


def sum(x, n):
    return later(lambda x: windows(x, n, lambda w: w.sum(axis=1)), x)


def stoch(x, high, low, n):
    top, bottom = highest(high, n), lowest(low, n)
    return 100 * (x - bottom) / (top - bottom)


def willr(high, low, close, n):
    top, bottom = highest(high, n), lowest(low, n)
    return 100 * (close - top) / (top - bottom)
