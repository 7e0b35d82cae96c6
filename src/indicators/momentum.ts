import { tripleEma } from './adaptive.ts';
import { emaInto, smaInto } from './averages.ts';
import { fullChanges, indicator, period, X, type Indicator, type RunCompute } from './indicator.ts';
import { borrowDoubles } from './scratch.ts';
import { tickScale, wholeTicks } from './ticks.ts';
import { changesInto, sumInto } from './windows.ts';

const N = [period('n')];
const OWN = { level: 'own' } as const;
const PAIR = [period('fast', 12), period('slow', 26)];
const SIGNAL = [...PAIR, period('signal', 9)];
const slower: Indicator['warmup'] = ([fast = 1, slow = 1]) => Math.max(fast, slow) - 1;
const signalled: Indicator['warmup'] = ([fast = 1, slow = 1, signal = 1]) => Math.max(fast, slow) + signal - 2;
const middle = (n: number): number => Math.floor(n / 2) + 1;

export const MOMENTA: readonly Indicator[] = [
  indicator('rsi', [X], N, OWN, fullChanges),
  indicator('roc', [X], N, OWN, fullChanges),
  indicator('mom', [X], N, OWN, fullChanges),
  indicator('change', [X], [period('n', 1)], OWN, fullChanges),
  indicator('macd', [X], PAIR, OWN, slower),
  indicator('macdsignal', [X], SIGNAL, OWN, signalled),
  indicator('macdhist', [X], SIGNAL, OWN, signalled),
  indicator('ppo', [X], PAIR, OWN, slower),
  indicator('cmo', [X], N, OWN, fullChanges),
  indicator('dpo', [X], N, OWN, ([n = 1]) => Math.max(n - 1, middle(n))),
  indicator('trix', [X], N, OWN, ([n = 1]) => 3 * (n - 1) + 1),
  indicator('tsi', [X], [period('short', 13), period('long', 25)], OWN, ([short = 1, long = 1]) => short + long - 1),
];

export function rsiInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  const weight = 1 / n;
  const first = from + n;
  let gain = 0;
  let loss = 0;
  for (let i = from + 1; i < to; i++) {
    // in ticks rounding noise of the prices' differences is gone; the ratio has no unit
    const change = scale > 0 ? wholeTicks(x[i]! * scale) - wholeTicks(x[i - 1]! * scale) : x[i]! - x[i - 1]!;
    // half of a double's double is exact, and no branch has to be foretold
    const size = Math.abs(change);
    const rise = (size + change) / 2;
    const fall = (size - change) / 2;
    if (i <= first) {
      gain += rise;
      loss += fall;
      if (i < first) continue;
      gain /= n;
      loss /= n;
    } else {
      gain += weight * (rise - gain);
      loss += weight * (fall - loss);
    }
    // where nothing moved both shrink alike: the index stays, without rounding
    if (change === 0 && i > first && loss > 0) out[i] = out[i - 1]!;
    else out[i] = loss === 0 ? 100 : 100 - 100 / (1 + gain / loss);
  }
}

export function rocInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  for (let i = from + n; i < to; i++) {
    const now = x[i]!;
    const then = x[i - n]!;
    if (scale > 0) {
      const base = wholeTicks(then * scale);
      out[i] = (100 * (wholeTicks(now * scale) - base)) / base;
    } else out[i] = (100 * (now - then)) / then;
  }
}

export function changeInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  for (let i = from + n; i < to; i++) {
    const now = x[i]!;
    const then = x[i - n]!;
    out[i] = scale > 0 ? (wholeTicks(now * scale) - wholeTicks(then * scale)) / scale : now - then;
  }
}

export const macdInto: RunCompute = ([x], [fast = 12, slow = 26], out, from, to, decimals) => {
  const slower = borrowDoubles(to);
  emaInto(x!, fast, out, from, to, decimals);
  emaInto(x!, slow, slower, from, to, decimals);
  const first = from + Math.max(fast, slow) - 1;
  out.fill(NaN, from, Math.min(first, to));
  for (let i = first; i < to; i++) out[i] = out[i]! - slower[i]!;
};

export const macdsignalInto: RunCompute = (inputs, params, out, from, to, decimals) => {
  const [fast = 12, slow = 26, signal = 9] = params;
  const line = borrowDoubles(to);
  macdInto(inputs, params, line, from, to, decimals);
  emaInto(line, signal, out, from + Math.max(fast, slow) - 1, to, -1);
};

export const macdhistInto: RunCompute = (inputs, params, out, from, to, decimals) => {
  const [fast = 12, slow = 26, signal = 9] = params;
  const line = borrowDoubles(to);
  macdInto(inputs, params, line, from, to, decimals);
  const start = from + Math.max(fast, slow) - 1;
  emaInto(line, signal, out, start, to, -1);
  for (let i = start + signal - 1; i < to; i++) out[i] = line[i]! - out[i]!;
};

export const ppoInto: RunCompute = ([x], [fast = 12, slow = 26], out, from, to, decimals) => {
  const [faster, slower] = [borrowDoubles(to), borrowDoubles(to)];
  emaInto(x!, fast, faster, from, to, decimals);
  emaInto(x!, slow, slower, from, to, decimals);
  for (let i = from + Math.max(fast, slow) - 1; i < to; i++) out[i] = (100 * (faster[i]! - slower[i]!)) / slower[i]!;
};

export const cmoInto: RunCompute = ([x], [n = 1], out, from, to, decimals) => {
  const [changes, moves, paths] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  changesInto(x!, changes, from, to, decimals);
  for (let i = from + 1; i < to; i++) moves[i] = Math.abs(changes[i]!);
  const ticks = tickScale(decimals) > 0 ? 0 : -1;
  sumInto(moves, n, paths, from + 1, to, ticks);
  sumInto(changes, n, out, from + 1, to, ticks);
  for (let i = from + n; i < to; i++) out[i] = (100 * out[i]!) / paths[i]!;
};

export const dpoInto: RunCompute = ([x], [n = 1], out, from, to, decimals) => {
  const means = borrowDoubles(to);
  const shift = Math.floor(n / 2) + 1;
  smaInto(x!, n, means, from, to, decimals);
  for (let i = from + Math.max(n - 1, shift); i < to; i++) out[i] = x![i - shift]! - means[i]!;
};

export const trixInto: RunCompute = ([x], [n = 1], out, from, to, decimals) => {
  const [first, second, third] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  tripleEma(x!, n, first, second, third, from, to, decimals);
  for (let i = from + 3 * (n - 1) + 1; i < to; i++) out[i] = (100 * (third[i]! - third[i - 1]!)) / third[i - 1]!;
};

export const tsiInto: RunCompute = ([x], [short = 13, long = 25], out, from, to, decimals) => {
  const [changes, once, moves] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  changesInto(x!, changes, from, to, decimals);
  emaInto(changes, long, once, from + 1, to, -1);
  emaInto(once, short, out, from + long, to, -1);
  for (let i = from + 1; i < to; i++) changes[i] = Math.abs(changes[i]!);
  emaInto(changes, long, once, from + 1, to, -1);
  emaInto(once, short, moves, from + long, to, -1);
  for (let i = from + short + long - 1; i < to; i++) out[i] = out[i]! / moves[i]!;
};
