def longer(key, run):
    """What run makes of longer bars, a bar for each stretch of equal keys: on every bar the value at the last longer bar that was over."""
    first = np.r_[True, key[1:] != key[:-1]]
    starts = np.flatnonzero(first)
    ends = np.r_[starts[1:], BARS] - 1
    over_last = np.cumsum(first) - 2
    kept = {name: globals()[name] for name in COLUMNS}
    made = {name: value[starts] for name, value in kept.items() if name != 'BARS'}
    made.update(BARS=len(starts), close=close[ends], barindex=np.arange(len(starts), dtype=float))
    made.update(high=np.maximum.reduceat(high, starts), low=np.minimum.reduceat(low, starts), volume=np.add.reduceat(volume, starts))
    made.update(averages_of(made['open'], made['high'], made['low'], made['close']))
    globals().update(made)
    try:
        found = [np.asarray(series(x)) for x in run()]
    finally:
        globals().update(kept)
    return [np.where(over_last >= 0, x[over_last], False if x.dtype == bool else np.nan) for x in found]
