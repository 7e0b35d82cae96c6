def over(f, *inputs):
    """Applies f to every stretch of bars on which all inputs have a value; a hole makes it start anew."""
    inputs = [series(x) for x in inputs]
    sound = np.isfinite(np.vstack(inputs)).all(axis=0)
    edges = np.flatnonzero(np.diff(np.r_[False, sound, False].astype(int)))
    out = np.full(BARS, np.nan)
    for a, b in zip(edges[::2], edges[1::2]):
        out[a:b] = f(*[x[a:b] for x in inputs])
    return out


def later(f, x):
    """f of what x has behind the bars without a value that it begins with."""
    first = int(np.argmax(np.isfinite(x))) if np.isfinite(x).any() else len(x)
    return np.r_[np.full(first, np.nan), f(x[first:])]


def windows(x, n, f):
    """f of each window of n values, at its last bar; in blocks, for the sake of memory."""
    out, n = np.full(len(x), np.nan), int(n)
    if len(x) >= n:
        views = np.lib.stride_tricks.sliding_window_view(x, n)
        for a in range(0, len(views), 8192):
            block = views[a:a + 8192]
            out[n - 1 + a:n - 1 + a + len(block)] = f(block)
    return out


def ticks(x):
    """Prices as whole ticks where they are such: their sums are then exact. Otherwise None."""
    scaled = np.rint(x * 10.0 ** DECIMALS)
    return scaled.astype(np.int64) if DECIMALS >= 0 and np.array_equal(scaled / 10.0 ** DECIMALS, x) else None


def exact(x):
    whole = ticks(x)
    return x if whole is None else whole.astype(float)


def back(x, n):
    """x[n]: the value n bars ago."""
    x, n = np.asarray(x, float), int(n)
    return np.r_[np.full(min(n, len(x)), np.nan), x[:max(0, len(x) - n)]]


def series(x):
    return np.full(BARS, float(x)) if np.isscalar(x) else x


def crossed(a, b):
    """a crosses over b: above it now, at or below it on the bar before."""
    a, b = series(a), series(b)
    above, below = a > b, a <= b
    return above & np.r_[False, below[:-1]]
