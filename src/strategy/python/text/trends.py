def moves(high, low):
    """Directional movements up and down, in ticks where there are ticks; from bar 1 on."""
    high, low = exact(high), exact(low)
    up, down = high - back(high, 1), back(low, 1) - low
    rise = np.where((up > down) & (up > 0), up, 0.0)
    fall = np.where((down > up) & (down > 0), down, 0.0)
    rise[0] = fall[0] = np.nan
    return rise, fall


def plusdi(high, low, close, n):
    return 100 * rma(moves(high, low)[0], n) / rma(spans(high, low, close), n)


def minusdi(high, low, close, n):
    return 100 * rma(moves(high, low)[1], n) / rma(spans(high, low, close), n)


def adx(high, low, close, n):
    rise, fall = moves(high, low)
    up, down = rma(rise, n), rma(fall, n)
    both = up + down
    ratio = np.where(both > 0, 100 * np.abs(up - down) / np.where(both > 0, both, 1), 0.0)
    return rma(np.where(np.isnan(both), np.nan, ratio), n)


def vortexplus(high, low, close, n):
    return sum(np.abs(exact(high) - back(exact(low), 1)), n) / sum(spans(high, low, close), n)


def vortexminus(high, low, close, n):
    return sum(np.abs(exact(low) - back(exact(high), 1)), n) / sum(spans(high, low, close), n)


def trendline(high, low, close, factor, n):
    """The supertrend's line and its direction, 1 falling and -1 rising."""
    reach = factor * atr(high, low, close, n)
    unit = 1.0 if ticks(close) is None else 10.0 ** DECIMALS
    high, low, close = exact(high), exact(low), exact(close)
    line, way = np.full(len(close), np.nan), np.full(len(close), np.nan)
    upper = lower = direction = None
    for i in range(n - 1, len(close)):
        middle = (high[i] + low[i]) / 2
        above, below = middle + reach[i] * unit, middle - reach[i] * unit
        first = direction is None
        lower = below if first or below > lower or close[i - 1] < lower else lower
        upper = above if first or above < upper or close[i - 1] > upper else upper
        if first:
            direction = 1
        elif direction == 1:
            direction = -1 if close[i] > upper else 1
        else:
            direction = 1 if close[i] < lower else -1
        line[i], way[i] = (upper if direction == 1 else lower) / unit, direction
    return line, way


def supertrend(high, low, close, factor, n):
    return trendline(high, low, close, factor, n)[0]


def supertrenddir(high, low, close, factor, n):
    return trendline(high, low, close, factor, n)[1]


def psar(high, low, close, start, inc, most):
    """Wilder's parabolic stop and reverse, begun in the direction of the second close."""
    out = np.full(len(close), np.nan)
    if len(close) < 2:
        return out
    ends = {1: (low, high), -1: (high, low)}  # by side: the near and the far end of a bar
    side = 1 if close[1] > close[0] else -1
    stop, extreme, speed = ends[side][0][0], ends[side][1][1], start
    for i in range(1, len(close)):
        near, far = ends[side]
        stop += speed * (extreme - stop)
        if side * stop > side * near[i]:
            stop = side * max(side * far[i], side * extreme)
            side, speed = -side, start
            near, far = ends[side]
            extreme = far[i]
        elif i > 1 and side * far[i] > side * extreme:
            extreme, speed = far[i], min(most, speed + inc)
        stop = side * min(side * stop, side * near[i - 1], side * near[max(0, i - 2)])
        out[i] = stop
    return out
