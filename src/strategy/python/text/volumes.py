def obv(close, volume):
    return np.cumsum(np.sign(np.diff(close, prepend=close[:1])) * volume)


def flow(high, low, close, volume):
    span = high - low
    return np.where(span > 0, (close - low - (high - close)) / np.where(span > 0, span, 1) * volume, 0.0)


def ad(high, low, close, volume):
    return np.cumsum(flow(high, low, close, volume))


def adosc(high, low, close, volume, fast, slow):
    line = ad(high, low, close, volume)
    return ema(line, fast) - ema(line, slow)


def cmf(high, low, close, volume, n):
    return sum(flow(high, low, close, volume), n) / sum(volume, n)


def mfi(x, volume, n):
    change, money = x - back(x, 1), x * volume
    up, down = np.where(change > 0, money, 0.0), np.where(change < 0, money, 0.0)
    up[:1] = down[:1] = np.nan
    return 100 * sum(up, n) / (sum(up, n) + sum(down, n))


def vwap(x, volume, date):
    """Anew on every local date."""
    first = np.flatnonzero(np.r_[True, date[1:] != date[:-1]])
    days = np.repeat(first, np.diff(np.r_[first, len(x)]))
    money, shares = np.cumsum(x * volume), np.cumsum(volume)
    before = days - 1
    money = money - np.where(before >= 0, money[before], 0)
    return money / (shares - np.where(before >= 0, shares[before], 0))


def cum(x):
    found = np.isfinite(x)
    return np.where(np.cumsum(found) > 0, np.cumsum(np.where(found, x, 0.0)), np.nan)


def nz(x, replacement):
    return np.where(np.isfinite(x), x, replacement)


def fixnan(x):
    last = np.maximum.accumulate(np.where(np.isfinite(x), np.arange(len(x)), -1))
    return np.where(last >= 0, x[last], np.nan)


def barssince(condition):
    bars = np.arange(len(condition))
    last = np.maximum.accumulate(np.where(condition == 1, bars, -1))
    return np.where(last >= 0, bars - last, np.nan)


def valuewhen(condition, x, n):
    found = np.flatnonzero(condition == 1)
    count = np.cumsum(condition == 1)
    known = count > n
    out = np.full(len(x), np.nan)
    out[known] = x[found[count[known] - 1 - int(n)]]
    return out
