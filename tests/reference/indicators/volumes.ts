import { ema } from './averages.ts';
import { change } from './momenta.ts';
import { sums } from './ranges.ts';
import { eachWindow, running, sum, zip, type Twin } from './twin.ts';

type Columns = readonly (readonly number[])[];

const flow = ([high, low, close, volume]: Columns): number[] =>
  zip([high!, low!, close!, volume!], (h, l, c, v) => (h === l ? 0 : ((c - l - (h - c)) / (h - l)) * v));

export const VOLUME_TWINS: Readonly<Record<string, Twin>> = {
  obv: ([close, volume]) => running(zip([change(close!, 1).with(0, 0), volume!], (c, v) => Math.sign(c) * v)),
  ad: (inputs) => running(flow(inputs)),
  adosc: (inputs, [fast, slow]) => zip([ema(running(flow(inputs)), fast!), ema(running(flow(inputs)), slow!)], (a, b) => a - b),
  cmf: (inputs, [n]) => zip([sums(flow(inputs), n!), sums(inputs[3]!, n!)], (money, volume) => money / volume),
  mfi: ([x, volume], [n]) => {
    const money = zip([x!, volume!], (a, b) => a * b);
    const ups = zip([change(x!, 1), money], (c, m) => (c > 0 ? m : c * 0));
    const downs = zip([change(x!, 1), money], (c, m) => (c < 0 ? m : c * 0));
    return zip([sums(ups, n!), sums(downs, n!)], (up, down) => (100 * up) / (up + down));
  },
  vwap: ([x, volume, date]) =>
    x!.map((_, bar) => {
      let from = bar;
      while (from > 0 && date![from - 1] === date![bar]) from -= 1;
      const shares = volume!.slice(from, bar + 1);
      return sum(shares.map((v, k) => v * x![from + k]!)) / sum(shares);
    }),
  median: ([x], [n]) =>
    eachWindow(x!, n!, (window) => {
      const sorted = window.toSorted((a, b) => a - b);
      return (sorted[Math.floor((n! - 1) / 2)]! + sorted[Math.floor(n! / 2)]!) / 2;
    }),
  percentrank: ([x], [n]) =>
    eachWindow(x!, n! + 1, (window) => (100 * (window.filter((value) => value <= window.at(-1)!).length - 1)) / n!),
  nz: ([x], [replacement]) => x!.map((value) => (Number.isFinite(value) ? value : replacement!)),
  fixnan: ([x]) => {
    let last = NaN;
    return x!.map((value) => (last = Number.isFinite(value) ? value : last));
  },
  barssince: ([condition]) => {
    let since = NaN;
    return condition!.map((flag) => (since = flag === 1 ? 0 : since + 1));
  },
  valuewhen: ([condition, x], [n]) => {
    const found: number[] = [];
    return x!.map((value, bar) => {
      if (condition![bar] === 1) found.push(value);
      return found.at(-1 - n!) ?? NaN;
    });
  },
};
