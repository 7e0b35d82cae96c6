def smooth(x, n, weight):
    """weight * x + (1 - weight) * the value before, from the mean of the first n on."""
    def run(x):
        out = np.full(len(x), np.nan)
        if len(x) >= n:
            value = out[n - 1] = np.mean(x[:n])
            for i in range(n, len(x)):
                value += weight * (x[i] - value)
                out[i] = value
        return out
    return later(run, x)


def sma(x, n):
    def run(x):
        whole = ticks(x)
        if whole is None:
            return windows(x, n, lambda w: w.mean(axis=1))
        sums = np.r_[0, np.cumsum(whole)]
        return np.r_[np.full(min(n - 1, len(x)), np.nan), (sums[n:] - sums[:-n]) / (n * 10.0 ** DECIMALS)]
    return later(run, x)


def ema(x, n):
    return smooth(x, n, 2 / (n + 1))


def rma(x, n):
    return smooth(x, n, 1 / n)


def wma(x, n):
    """Weights 1 to n, the newest has the most."""
    def run(x):
        whole = ticks(x)
        unit = 1.0 if whole is None else 10.0 ** DECIMALS
        values = x if whole is None else whole
        return windows(values, n, lambda w: w @ np.arange(1, n + 1)) / (n * (n + 1) / 2) / unit
    return later(run, x)


def hma(x, n):
    return wma(2 * wma(x, max(1, n // 2)) - wma(x, n), max(1, int(np.sqrt(n))))


def dema(x, n):
    a = ema(x, n)
    return 2 * a - ema(a, n)


def tema(x, n):
    a = ema(x, n)
    b = ema(a, n)
    return 3 * a - 3 * b + ema(b, n)


def kama(x, n, fast, slow):
    out, whole = np.full(len(x), np.nan), exact(x)
    moves = np.abs(np.diff(whole, prepend=whole[:1]))
    value = x[n - 1] if len(x) >= n else np.nan
    for i in range(n, len(x)):
        path = moves[i - n + 1:i + 1].sum()
        efficiency = min(1.0, abs(whole[i] - whole[i - n]) / path) if path > 0 else 0.0
        step = 2 / (slow + 1) + efficiency * (2 / (fast + 1) - 2 / (slow + 1))
        value += step * step * (x[i] - value)
        out[i] = value
    return out


def vwma(x, volume, n):
    return windows(x * volume, n, lambda w: w.sum(axis=1)) / windows(volume, n, lambda w: w.sum(axis=1))


def alma(x, n, offset, sigma):
    weights = np.exp(-(np.arange(n) - offset * (n - 1)) ** 2 / (2 * (n / sigma) ** 2))
    return windows(x, n, lambda w: w[:, -1] + (w - w[:, -1:]) @ weights / weights.sum())


def zlema(x, n):
    return ema(2 * x - back(x, (n - 1) // 2), n)


def linreg(x, n, offset):
    """The line through the window by least squares, at its last bar less the offset."""
    middle = (n - 1) / 2
    return sma(x, n) + slope(x, n) * (n - 1 - offset - middle)


def slope(x, n):
    places = np.arange(n) - (n - 1) / 2
    total = max(1.0, (places ** 2).sum())
    return windows(x, n, lambda w: (w - w.mean(axis=1, keepdims=True)) @ places / total)


def rsquared(x, n):
    return correlation(x, np.arange(len(x), dtype=float), n) ** 2


def correlation(x, y, n):
    pairs = np.lib.stride_tricks.sliding_window_view
    if len(x) < n:
        return np.full(len(x), np.nan)
    a, b = pairs(x, n), pairs(y, n)
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    both = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    flat = (pairs(x, n) == pairs(x, n)[:, :1]).all(axis=1) | (pairs(y, n) == pairs(y, n)[:, :1]).all(axis=1)
    return np.r_[np.full(n - 1, np.nan), np.where(flat, np.nan, (a * b).sum(axis=1) / both)]


def stdev(x, n):
    return windows(x, n, lambda w: w.std(axis=1))


def variance(x, n):
    return windows(x, n, lambda w: w.var(axis=1))


def spread(x, n):
    """The deviation; none where nothing moved."""
    return windows(x, n, lambda w: np.where((w == w[:, :1]).all(axis=1), np.nan, w.std(axis=1)))


def zscore(x, n):
    return (x - sma(x, n)) / spread(x, n)


def bbupper(x, n, mult):
    return sma(x, n) + mult * stdev(x, n)


def bblower(x, n, mult):
    return sma(x, n) - mult * stdev(x, n)


def bbwidth(x, n, mult):
    return 2 * mult * stdev(x, n) / sma(x, n)


def percentb(x, n, mult):
    half = mult * spread(x, n)
    return (x - sma(x, n) + half) / (2 * half)


def median(x, n):
    return windows(x, n, lambda w: np.median(w, axis=1))


def percentrank(x, n):
    return windows(x, n + 1, lambda w: 100 * (w[:, :-1] <= w[:, -1:]).sum(axis=1) / n)
