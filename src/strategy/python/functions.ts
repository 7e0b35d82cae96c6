/** An indicator as plain numpy: inputs and numbers in the order of the catalogue, NaN where there is no value. */
interface PythonFunction {
  readonly text: string;
  readonly needs?: readonly string[]; // functions that it calls
}

/** What every script begins with. */
export const COMMON = `def over(f, *series):
    """Applies f to every stretch of bars in which all inputs have a value; a hole makes it start anew."""
    sound = np.isfinite(np.vstack(series)).all(axis=0)
    edges = np.flatnonzero(np.diff(np.r_[False, sound, False].astype(int)))
    out = np.full(len(series[0]), np.nan)
    for a, b in zip(edges[::2], edges[1::2]):
        out[a:b] = f(*[s[a:b] for s in series])
    return out


def windows(x, n, f):
    """f of each window of n values, at its last bar."""
    out = np.full(len(x), np.nan)
    if len(x) >= n:
        out[n - 1:] = f(np.lib.stride_tricks.sliding_window_view(x, n))
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
    x, n = series(x), int(n)
    return np.r_[np.full(min(n, len(x)), np.nan), x[:len(x) - n]]


def series(x):
    return np.full(BARS, float(x)) if np.isscalar(x) else x


def crossed(a, b):
    """a crosses over b: above it now, at or below it on the bar before."""
    a, b = series(a), series(b)
    above, below = a > b, a <= b
    return above & np.r_[False, below[:-1]]`;

const AVERAGE = (step: string): string => `    def run(x):
        out = np.full(len(x), np.nan)
        if len(x) >= n:
            value = out[n - 1] = np.mean(x[:n])
            for i in range(n, len(x)):
                value += ${step}
                out[i] = value
        return out
    return over(run, x)`;

/** Indicators that scripts can hold, by their name in the catalogue. */
export const FUNCTIONS: Readonly<Record<string, PythonFunction>> = {
  sma: {
    text: `def sma(x, n):
    def run(x):
        whole = ticks(x)
        if whole is None:
            return windows(x, n, lambda w: w.mean(axis=1))
        sums = np.r_[0, np.cumsum(whole)]
        return np.r_[np.full(min(n - 1, len(x)), np.nan), (sums[n:] - sums[:-n]) / (n * 10.0 ** DECIMALS)]
    return over(run, x)`,
  },
  ema: { text: `def ema(x, n):\n${AVERAGE('2 / (n + 1) * (x[i] - value)')}` },
  rma: { text: `def rma(x, n):\n${AVERAGE('(x[i] - value) / n')}` },
  wma: {
    text: `def wma(x, n):
    weights = np.arange(1, n + 1)
    def run(x):
        whole = ticks(x)
        if whole is None:
            return windows(x, n, lambda w: w @ weights / weights.sum())
        return windows(whole, n, lambda w: (w @ weights) / (weights.sum() * 10.0 ** DECIMALS))
    return over(run, x)`,
  },
  hma: {
    text: `def hma(x, n):
    return wma(2 * wma(x, max(1, n // 2)) - wma(x, n), max(1, int(np.sqrt(n))))`,
    needs: ['wma'],
  },
  dema: { text: `def dema(x, n):\n    e = ema(x, n)\n    return 2 * e - ema(e, n)`, needs: ['ema'] },
  tema: {
    text: `def tema(x, n):\n    a = ema(x, n)\n    b = ema(a, n)\n    return 3 * a - 3 * b + ema(b, n)`,
    needs: ['ema'],
  },
  vwma: {
    text: `def vwma(x, volume, n):
    total = over(lambda x, v: windows(v, n, lambda w: w.sum(axis=1)), x, volume)
    return over(lambda x, v: windows(x * v, n, lambda w: w.sum(axis=1)), x, volume) / total`,
  },
  stdev: { text: `def stdev(x, n):\n    return over(lambda x: windows(x, n, lambda w: w.std(axis=1)), x)` },
  variance: { text: `def variance(x, n):\n    return over(lambda x: windows(x, n, lambda w: w.var(axis=1)), x)` },
  zscore: { text: `def zscore(x, n):\n    return (x - sma(x, n)) / stdev(x, n)`, needs: ['sma', 'stdev'] },
  bbupper: { text: `def bbupper(x, n, mult):\n    return sma(x, n) + mult * stdev(x, n)`, needs: ['sma', 'stdev'] },
  bblower: { text: `def bblower(x, n, mult):\n    return sma(x, n) - mult * stdev(x, n)`, needs: ['sma', 'stdev'] },
  bbwidth: { text: `def bbwidth(x, n, mult):\n    return 2 * mult * stdev(x, n) / sma(x, n)`, needs: ['sma', 'stdev'] },
  percentb: {
    text: `def percentb(x, n, mult):\n    half = mult * stdev(x, n)\n    return (x - sma(x, n) + half) / (2 * half)`,
    needs: ['sma', 'stdev'],
  },
  highest: { text: `def highest(x, n):\n    return over(lambda x: windows(x, n, lambda w: w.max(axis=1)), x)` },
  lowest: { text: `def lowest(x, n):\n    return over(lambda x: windows(x, n, lambda w: w.min(axis=1)), x)` },
  donchian: {
    text: `def donchian(high, low, n):\n    return (highest(high, n) + lowest(low, n)) / 2`,
    needs: ['highest', 'lowest'],
  },
  sum: { text: `def sum(x, n):\n    return over(lambda x: windows(x, n, lambda w: w.sum(axis=1)), x)` },
  rsi: {
    text: `def rsi(x, n):
    def run(x):
        change = np.diff(x, prepend=x[:1])[1:]
        rises, falls = rma(np.maximum(change, 0), n), rma(np.maximum(-change, 0), n)
        strength = 100 - 100 / (1 + rises / np.where(falls == 0, np.nan, falls))
        return np.r_[np.nan, np.where(falls == 0, 100.0, strength)]
    return over(run, x)`,
    needs: ['rma'],
  },
  roc: { text: `def roc(x, n):\n    return 100 * (x - back(x, n)) / back(x, n)` },
  mom: { text: `def mom(x, n):\n    return x - back(x, n)` },
  change: { text: `def change(x, n):\n    return x - back(x, n)` },
  macd: { text: `def macd(x, fast, slow):\n    return ema(x, fast) - ema(x, slow)`, needs: ['ema'] },
  macdsignal: {
    text: `def macdsignal(x, fast, slow, signal):\n    return ema(macd(x, fast, slow), signal)`,
    needs: ['ema', 'macd'],
  },
  macdhist: {
    text: `def macdhist(x, fast, slow, signal):\n    return macd(x, fast, slow) - macdsignal(x, fast, slow, signal)`,
    needs: ['macd', 'macdsignal'],
  },
  tr: {
    text: `def tr(high, low, close):
    before = back(close, 1)
    out = np.fmax(high - low, np.fmax(np.abs(high - before), np.abs(low - before)))
    return out`,
  },
  atr: { text: `def atr(high, low, close, n):\n    return rma(tr(high, low, close), n)`, needs: ['rma', 'tr'] },
  natr: { text: `def natr(high, low, close, n):\n    return 100 * atr(high, low, close, n) / close`, needs: ['atr'] },
  kcupper: {
    text: `def kcupper(x, high, low, close, n, mult):\n    return ema(x, n) + mult * ema(tr(high, low, close), n)`,
    needs: ['ema', 'tr'],
  },
  kclower: {
    text: `def kclower(x, high, low, close, n, mult):\n    return ema(x, n) - mult * ema(tr(high, low, close), n)`,
    needs: ['ema', 'tr'],
  },
  stoch: {
    text: `def stoch(x, high, low, n):
    top, bottom = highest(high, n), lowest(low, n)
    return 100 * (x - bottom) / (top - bottom)`,
    needs: ['highest', 'lowest'],
  },
  willr: {
    text: `def willr(high, low, close, n):
    top, bottom = highest(high, n), lowest(low, n)
    return 100 * (close - top) / (top - bottom)`,
    needs: ['highest', 'lowest'],
  },
  cci: {
    text: `def cci(x, n):
    mean = sma(x, n)
    spread = over(lambda x: windows(x, n, lambda w: np.abs(w - w.mean(axis=1, keepdims=True)).mean(axis=1)), x)
    return (x - mean) / (0.015 * spread)`,
    needs: ['sma'],
  },
  tenkan: { text: `def tenkan(high, low, n):\n    return donchian(high, low, n)`, needs: ['donchian'] },
  kijun: { text: `def kijun(high, low, n):\n    return donchian(high, low, n)`, needs: ['donchian'] },
  senkoua: {
    text: `def senkoua(high, low, fast, slow, shift):
    return back((donchian(high, low, fast) + donchian(high, low, slow)) / 2, shift)`,
    needs: ['donchian'],
  },
  senkoub: {
    text: `def senkoub(high, low, n, shift):\n    return back(donchian(high, low, n), shift)`,
    needs: ['donchian'],
  },
  moves: {
    text: `def moves(high, low, close):
    """Directional movements up and down, and the true range, in ticks where there are ticks; from bar 1 on."""
    high, low, close = exact(high), exact(low), exact(close)
    before = back(close, 1)
    up, down = high - back(high, 1), back(low, 1) - low
    rise = np.where((up > down) & (up > 0), up, 0.0)
    fall = np.where((down > up) & (down > 0), down, 0.0)
    span = np.maximum(high, before) - np.minimum(low, before)
    rise[0] = fall[0] = np.nan
    return rise, fall, span`,
  },
  plusdi: {
    text: `def plusdi(high, low, close, n):
    rise, _, span = moves(high, low, close)
    return 100 * rma(rise, n) / rma(span, n)`,
    needs: ['rma', 'moves'],
  },
  minusdi: {
    text: `def minusdi(high, low, close, n):
    _, fall, span = moves(high, low, close)
    return 100 * rma(fall, n) / rma(span, n)`,
    needs: ['rma', 'moves'],
  },
  adx: {
    text: `def adx(high, low, close, n):
    rise, fall, _ = moves(high, low, close)
    up, down = rma(rise, n), rma(fall, n)
    both = up + down
    ratio = np.where(both > 0, 100 * np.abs(up - down) / np.where(both > 0, both, 1), 0.0)
    return rma(np.where(np.isnan(both), np.nan, ratio), n)`,
    needs: ['rma', 'moves'],
  },
  trendline: {
    text: `def trendline(high, low, close, factor, n):
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
    return line, way`,
    needs: ['atr'],
  },
  supertrend: {
    text: `def supertrend(high, low, close, factor, n):\n    return trendline(high, low, close, factor, n)[0]`,
    needs: ['trendline'],
  },
  supertrenddir: {
    text: `def supertrenddir(high, low, close, factor, n):\n    return trendline(high, low, close, factor, n)[1]`,
    needs: ['trendline'],
  },
  obv: { text: `def obv(close, volume):\n    return np.cumsum(np.sign(np.diff(close, prepend=close[:1])) * volume)` },
};

/** Texts of these functions and of all that they call, each before its first use. */
export function functionTexts(names: Iterable<string>): string[] {
  const done = new Map<string, string>();
  const add = (name: string): void => {
    const known = FUNCTIONS[name];
    if (known === undefined || done.has(name)) return;
    known.needs?.forEach(add);
    done.set(name, known.text);
  };
  for (const name of names) add(name);
  return [...done.values()];
}
