import { emaInto, rmaInto, smaInto, wmaInto } from './averages.ts';
import { INDICATORS } from './catalogue.ts';
import { stdevInto } from './deviation.ts';
import { highestInto, lowestInto } from './extremes.ts';
import type { Compute, RunCompute } from './indicator.ts';
import { changeInto, rocInto, rsiInto } from './momentum.ts';
import { atrInto, trInto } from './range.ts';
import { perRun } from './run.ts';

type OnePeriod = (x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number) => void;

/** The computation of x and n alone. */
function onePeriod(into: OnePeriod): RunCompute {
  return ([x], [n = 1], out, from, to, decimals) => into(x!, n, out, from, to, decimals);
}

/** How each indicator of the catalogue is computed. Apart from it, because the page compiles texts and computes nothing. */
const RUNS: Readonly<Record<string, RunCompute>> = {
  sma: onePeriod(smaInto),
  ema: onePeriod(emaInto),
  rma: onePeriod(rmaInto),
  wma: onePeriod(wmaInto),
  stdev: onePeriod(stdevInto),
  highest: onePeriod(highestInto),
  lowest: onePeriod(lowestInto),
  rsi: onePeriod(rsiInto),
  roc: onePeriod(rocInto),
  change: onePeriod(changeInto),
  tr: ([high, low, close], _, out, from, to, decimals) => trInto(high!, low!, close!, out, from, to, decimals),
  atr: ([high, low, close], [n = 1], out, from, to, decimals) => atrInto(high!, low!, close!, n, out, from, to, decimals),
};

const computations = new Map<string, Compute>(
  INDICATORS.map((indicator) => {
    const run = RUNS[indicator.name];
    if (run === undefined) throw new TypeError(`no computation of ${indicator.name}`);
    return [indicator.name, perRun(indicator, run)];
  }),
);

/** @param name one of the catalogue's */
export function computationOf(name: string): Compute {
  const compute = computations.get(name);
  if (compute === undefined) throw new TypeError(`no indicator ${name}`);
  return compute;
}
