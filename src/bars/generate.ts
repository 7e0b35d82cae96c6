import { exp, log } from '../core/maths.ts';
import { normal, uniform } from '../core/random.ts';
import { fillLocal, makeColumns, type BarColumns } from './columns.ts';
import { continuousTimes, forexTimes, sessionTimes } from './sessions.ts';
import type { GenerateSpec } from './spec.ts';

export { SAMPLES, type Sample, type SampleKey } from './samples.ts';
export { MAX_GENERATED_BARS, checkGenerateSpec, type GenerateSpec } from './spec.ts';

/** A stretch of the market with one character. */
interface Regime {
  readonly drift: number; // mean log return per bar, in units of `Character.volatility`
  readonly turmoil: number; // factor on the volatility
  readonly bars: number; // mean length
}

interface Character {
  readonly times: (out: Float64Array) => void;
  readonly price: number; // at the start
  readonly decimals: 2 | 5;
  readonly volatility: number; // standard deviation of a bar's log return in a calm stretch
  readonly growth: number; // long-run log return per bar of the level that prices return to, until `reach`
  readonly reach: number; // largest |log| distance of that level from the start
  readonly pull: number; // share of the distance to that level regained per bar
  readonly volume: number; // mean per bar
  readonly daily: (minute: number) => number; // activity over the day, mean about 1
  readonly regimes: readonly Regime[];
}

const steady = (): number => 1;

/** Busy when Europe and America are awake. */
function forexDay(minute: number): number {
  const hour = minute / 60;
  if (hour < 7) return 0.65;
  return hour < 17 ? 1.4 : 0.7;
}

/** A slow swell over the day, without hours of rest. */
function cryptoDay(minute: number): number {
  const distance = Math.abs(minute - 900) / 900;
  return 1.25 - 0.45 * Math.min(1, distance);
}

const CHARACTERS: Readonly<Record<GenerateSpec['kind'], Character>> = {
  equity: {
    times: sessionTimes,
    price: 100,
    decimals: 2,
    volatility: 0.0085,
    growth: 0.00032,
    reach: 1.6,
    pull: 0.0015,
    volume: 4_000_000,
    daily: steady,
    regimes: [
      { drift: 0.115, turmoil: 0.85, bars: 150 },
      { drift: 0.005, turmoil: 0.9, bars: 60 },
      { drift: -0.11, turmoil: 1.7, bars: 70 },
    ],
  },
  fx: {
    times: forexTimes,
    price: 1.1,
    decimals: 5,
    volatility: 0.0009,
    growth: 0,
    reach: 0,
    pull: 0.0004,
    volume: 6_000,
    daily: forexDay,
    regimes: [
      { drift: 0.06, turmoil: 1, bars: 260 },
      { drift: 0, turmoil: 0.8, bars: 200 },
      { drift: -0.06, turmoil: 1.1, bars: 260 },
    ],
  },
  crypto: {
    times: continuousTimes,
    price: 240,
    decimals: 2,
    volatility: 0.0006,
    growth: 0.0000006,
    reach: 0.8,
    pull: 0.00001,
    volume: 900,
    daily: cryptoDay,
    regimes: [
      { drift: 0.022, turmoil: 1, bars: 2500 },
      { drift: 0, turmoil: 0.7, bars: 2000 },
      { drift: -0.021, turmoil: 1.4, bars: 2200 },
    ],
  },
};

// Streams of the seed: one per use, so that no two draws share a key.
const RETURN = 0;
const GAP = 1;
const REACH_UP = 2;
const REACH_DOWN = 3;
const TURMOIL = 4;
const VOLUME = 5;
const REGIME = 6;
const LENGTH = 7;

/**
 * Synthetic bars: log returns with a drift and volatility that switch between stretches (so that trends exist to be
 * followed), volatility that clusters, and a weak pull to a slowly growing level (so that any length stays in range).
 * @param spec checked by `checkGenerateSpec`
 */
export function generateBars(spec: GenerateSpec): BarColumns {
  const { seed, bars } = spec;
  const character = CHARACTERS[spec.kind];
  const { volatility, growth, reach, pull, regimes, daily } = character;
  const ticks = character.decimals === 2 ? 100 : 100_000;
  const columns = makeColumns(bars);
  const { open, high, low, close, volume, localMinute } = columns;
  character.times(columns.time);
  fillLocal(columns);

  let level = 0; // log of the price relative to the start
  let clustering = 0; // log of the volatility's own factor
  let previous = Math.round(character.price * ticks); // close of the bar before, in ticks
  let regime = regimes[0]!;
  let regimeEnd = regime.bars;
  for (let i = 0; i < bars; i++) {
    if (i >= regimeEnd) {
      regime = regimes[Math.floor(uniform(seed, i, REGIME) * regimes.length)]!;
      regimeEnd = i + Math.ceil(regime.bars * (0.4 - 0.6 * log(1 - uniform(seed, i, LENGTH))));
    }
    const activity = daily(localMinute[i]!);
    clustering = 0.96 * clustering + 0.09 * normal(seed, i, TURMOIL);
    const spread = volatility * regime.turmoil * activity * exp(clustering);
    const target = Math.min(reach, growth * i);
    const change = regime.drift * volatility + pull * (target - level) + spread * normal(seed, i, RETURN);
    level += change;

    const opened = Math.max(1, Math.round(previous * exp(0.2 * spread * normal(seed, i, GAP))));
    const closed = Math.max(1, Math.round(character.price * ticks * exp(level)));
    const top = Math.max(opened, closed);
    const bottom = Math.min(opened, closed);
    const highest = Math.round(top * exp(0.45 * spread * Math.abs(normal(seed, i, REACH_UP))));
    const lowest = Math.max(1, Math.round(bottom * exp(-0.45 * spread * Math.abs(normal(seed, i, REACH_DOWN)))));
    open[i] = opened / ticks;
    close[i] = closed / ticks;
    high[i] = Math.max(top, highest) / ticks;
    low[i] = Math.min(bottom, lowest) / ticks;
    volume[i] = Math.round(
      character.volume * activity * exp(0.35 * normal(seed, i, VOLUME) + clustering + Math.abs(change) / volatility / 4),
    );
    previous = closed;
  }
  return columns;
}
