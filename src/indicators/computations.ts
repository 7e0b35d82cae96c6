import { almaInto, demaInto, hmaInto, kamaInto, temaInto, vwmaInto, zlemaInto } from './adaptive.ts';
import { emaInto, rmaInto, smaInto, wmaInto } from './averages.ts';
import { INDICATORS } from './catalogue.ts';
import { bandInto, bbwidthInto, percentbInto, stdevInto, varianceInto, zscoreInto } from './deviation.ts';
import { donchianInto, extremeBarsInto, highestInto, lowestInto, pivotInto } from './extremes.ts';
import type { Compute, RunCompute } from './indicator.ts';
import * as momentum from './momentum.ts';
import * as order from './order.ts';
import * as oscillators from './oscillators.ts';
import { atrInto, chopInto, keltnerInto, natrInto, trInto } from './range.ts';
import { correlationInto, linregInto, rsquaredInto, slopeInto } from './regression.ts';
import { perRun } from './run.ts';
import * as trend from './trend.ts';
import * as volume from './volume.ts';

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
  hma: hmaInto,
  dema: demaInto,
  tema: temaInto,
  kama: kamaInto,
  vwma: vwmaInto,
  alma: almaInto,
  zlema: zlemaInto,
  linreg: linregInto,
  stdev: onePeriod(stdevInto),
  variance: onePeriod(varianceInto),
  zscore: zscoreInto,
  bbupper: bandInto(1),
  bblower: bandInto(-1),
  bbwidth: bbwidthInto,
  percentb: percentbInto,
  highest: highestInto,
  lowest: lowestInto,
  highestbars: extremeBarsInto(1),
  lowestbars: extremeBarsInto(-1),
  donchian: donchianInto,
  pivothigh: pivotInto(1),
  pivotlow: pivotInto(-1),
  tr: ([high, low, close], _, out, from, to, decimals) => trInto(high!, low!, close!, out, from, to, decimals),
  atr: ([high, low, close], [n = 1], out, from, to, decimals) => atrInto(high!, low!, close!, n, out, from, to, decimals),
  natr: natrInto,
  kcupper: keltnerInto(1),
  kclower: keltnerInto(-1),
  chop: chopInto,
  rsi: onePeriod(momentum.rsiInto),
  roc: onePeriod(momentum.rocInto),
  mom: onePeriod(momentum.changeInto),
  change: onePeriod(momentum.changeInto),
  macd: momentum.macdInto,
  macdsignal: momentum.macdsignalInto,
  macdhist: momentum.macdhistInto,
  ppo: momentum.ppoInto,
  cmo: momentum.cmoInto,
  dpo: momentum.dpoInto,
  trix: momentum.trixInto,
  tsi: momentum.tsiInto,
  stoch: oscillators.stochInto,
  stochrsi: oscillators.stochrsiInto,
  willr: oscillators.willrInto,
  cci: oscillators.cciInto,
  uo: oscillators.uoInto,
  ao: oscillators.aoInto,
  aroonup: oscillators.aroonInto(1),
  aroondown: oscillators.aroonInto(-1),
  adx: trend.adxInto,
  plusdi: trend.directionInto(1),
  minusdi: trend.directionInto(-1),
  vortexplus: trend.vortexInto(1),
  vortexminus: trend.vortexInto(-1),
  supertrend: trend.supertrendInto('line'),
  supertrenddir: trend.supertrendInto('direction'),
  psar: trend.psarInto,
  tenkan: donchianInto,
  kijun: donchianInto,
  senkoua: trend.senkouaInto,
  senkoub: trend.senkoubInto,
  obv: volume.obvInto,
  ad: volume.adInto,
  adosc: volume.adoscInto,
  cmf: volume.cmfInto,
  mfi: volume.mfiInto,
  vwap: volume.vwapInto,
  slope: slopeInto,
  rsquared: rsquaredInto,
  correlation: correlationInto,
  median: order.medianInto,
  percentrank: order.percentrankInto,
  sum: order.sumRun,
  cum: volume.cumInto,
  nz: order.nzInto,
  fixnan: order.fixnanInto,
  barssince: order.barssinceInto,
  valuewhen: order.valuewhenInto,
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
