import { ema, rma, sma } from './averages.ts';
import { highest, highestBars, laterTrueRange, lowest, lowestBars, sums, trueLow } from './ranges.ts';
import { back, eachWindow, mean, running, zip, type Twin } from './twin.ts';

export const change = (x: readonly number[], n: number): number[] => zip([x, back(x, n)], (now, then) => now - then);
const rises = (x: readonly number[]): number[] => change(x, 1).map((c) => (c < 0 ? 0 : c));
const falls = (x: readonly number[]): number[] => change(x, 1).map((c) => (c > 0 ? 0 : -c));
const absolute = (x: readonly number[]): number[] => x.map(Math.abs);

function rsi(x: readonly number[], n: number): number[] {
  return zip([rma(rises(x), n), rma(falls(x), n)], (rise, fall) => (fall === 0 ? 100 : (100 * rise) / (rise + fall)));
}

const macd = (x: readonly number[], fast: number, slow: number): number[] => zip([ema(x, fast), ema(x, slow)], (a, b) => a - b);
const signalOf = (x: readonly number[], params: readonly number[]): number[] =>
  ema(macd(x, params[0]!, params[1]!), params[2]!);
const triple = (x: readonly number[], n: number): number[] => ema(ema(ema(x, n), n), n);

const stoch = (x: readonly number[], high: readonly number[], low: readonly number[], n: number): number[] =>
  zip([x, highest(high, n), lowest(low, n)], (now, top, bottom) => (100 * (now - bottom)) / (top - bottom));

function ultimate(inputs: readonly (readonly number[])[], params: readonly number[]): number[] {
  const pressure = zip([inputs[2]!, trueLow(inputs)], (close, bottom) => close - bottom);
  const [a, b, c] = params.map((n) =>
    zip([sums(pressure, n), sums(laterTrueRange(inputs), n)], (bought, moved) => bought / moved),
  );
  return zip([a!, b!, c!], (x, y, z) => (100 * (4 * x + 2 * y + z)) / 7);
}

export const MOMENTUM_TWINS: Readonly<Record<string, Twin>> = {
  rsi: ([x], [n]) => rsi(x!, n!),
  roc: ([x], [n]) => zip([x!, back(x!, n!)], (now, then) => (100 * (now - then)) / then),
  mom: ([x], [n]) => change(x!, n!),
  change: ([x], [n]) => change(x!, n!),
  macd: ([x], [fast, slow]) => macd(x!, fast!, slow!),
  macdsignal: ([x], params) => signalOf(x!, params),
  macdhist: ([x], params) => zip([macd(x!, params[0]!, params[1]!), signalOf(x!, params)], (line, signal) => line - signal),
  ppo: ([x], [fast, slow]) => zip([ema(x!, fast!), ema(x!, slow!)], (a, b) => (100 * (a - b)) / b),
  cmo: ([x], [n]) => zip([sums(rises(x!), n!), sums(falls(x!), n!)], (up, down) => (100 * (up - down)) / (up + down)),
  dpo: ([x], [n]) => zip([back(x!, Math.floor(n! / 2) + 1), sma(x!, n!)], (then, middle) => then - middle),
  trix: ([x], [n]) => zip([triple(x!, n!), back(triple(x!, n!), 1)], (now, then) => 100 * (now / then - 1)),
  tsi: ([x], [short, long]) => {
    const twice = (values: readonly number[]): number[] => ema(ema(values, long!), short!);
    return zip([twice(change(x!, 1)), twice(absolute(change(x!, 1)))], (way, path) => way / path);
  },
  stoch: ([x, high, low], [n]) => stoch(x!, high!, low!, n!),
  stochrsi: ([x], [nrsi, nstoch]) => {
    const index = rsi(x!, nrsi!);
    // where nothing moved the index stays; by division it would stay but for rounding, and its range would be that rounding
    index.forEach((_, bar) => nrsi! > 1 && bar > nrsi! && x![bar] === x![bar - 1] && (index[bar] = index[bar - 1]!));
    return stoch(index, index, index, nstoch!);
  },
  willr: ([high, low, close], [n]) =>
    zip([close!, highest(high!, n!), lowest(low!, n!)], (now, top, bottom) => (100 * (now - top)) / (top - bottom)),
  cci: ([x], [n]) =>
    eachWindow(x!, n!, (window) => {
      if (window.every((value) => value === window[0])) return NaN;
      const middle = mean(window);
      return (window.at(-1)! - middle) / (0.015 * mean(window.map((value) => Math.abs(value - middle))));
    }),
  uo: (inputs, params) => ultimate(inputs, params),
  ao: ([high, low], [fast, slow]) => {
    const middles = zip([high!, low!], (h, l) => (h + l) / 2);
    return zip([sma(middles, fast!), sma(middles, slow!)], (a, b) => a - b);
  },
  aroonup: ([high], [n]) => highestBars(high!, n! + 1).map((bars) => (100 * (n! + bars)) / n!),
  aroondown: ([low], [n]) => lowestBars(low!, n! + 1).map((bars) => (100 * (n! + bars)) / n!),
  sum: ([x], [n]) => sums(x!, n!),
  cum: ([x]) => {
    const first = x!.findIndex(Number.isFinite);
    return running(x!.map((value) => (Number.isFinite(value) ? value : 0))).map((total, bar) =>
      first >= 0 && bar >= first ? total : NaN,
    );
  },
};
