import { rmaInto } from './averages.ts';
import { column, factor, fullChanges, fullWindow, indicator, period, type Indicator, type RunCompute } from './indicator.ts';
import { atrInto } from './range.ts';
import { borrowDoubles } from './scratch.ts';
import { tickScale, wholeTicks } from './ticks.ts';
import { middleInto, sumInto } from './windows.ts';

const OWN = { level: 'own' } as const;
const PRICE = { level: 'price' } as const;
const [HIGH, LOW, CLOSE] = [column('high'), column('low'), column('close')];
const RANGE = [HIGH, LOW, CLOSE];
const TRAIL = [factor('factor', 3), period('n', 10)];
const SHIFT = period('shift', 26, 0);

export const TRENDS: readonly Indicator[] = [
  indicator('adx', RANGE, [period('n')], OWN, ([n = 1]) => 2 * n - 1),
  indicator('plusdi', RANGE, [period('n')], OWN, fullChanges),
  indicator('minusdi', RANGE, [period('n')], OWN, fullChanges),
  indicator('vortexplus', RANGE, [period('n')], OWN, fullChanges),
  indicator('vortexminus', RANGE, [period('n')], OWN, fullChanges),
  indicator('supertrend', RANGE, TRAIL, PRICE, ([, n = 1]) => n - 1),
  indicator('supertrenddir', RANGE, TRAIL, OWN, ([, n = 1]) => n - 1),
  indicator('psar', RANGE, [factor('start', 0.02), factor('inc', 0.02), factor('max', 0.2)], PRICE, () => 1),
  indicator('tenkan', [HIGH, LOW], [period('n', 9)], PRICE, fullWindow),
  indicator('kijun', [HIGH, LOW], [period('n', 26)], PRICE, fullWindow),
  indicator(
    'senkoua',
    [HIGH, LOW],
    [period('fast', 9), period('slow', 26), SHIFT],
    PRICE,
    ([fast = 1, slow = 1, shift = 0]) => Math.max(fast, slow) - 1 + shift,
  ),
  indicator('senkoub', [HIGH, LOW], [period('n', 52), SHIFT], PRICE, ([n = 1, shift = 0]) => n - 1 + shift),
];

const at = (x: Float64Array, i: number, scale: number): number => (scale > 0 ? wholeTicks(x[i]! * scale) : x[i]!);

/** Directional movements and true ranges from bar from + 1 on, in ticks where there are ticks. */
function movements(
  [high, low, close]: readonly Float64Array[],
  plus: Float64Array,
  minus: Float64Array,
  ranges: Float64Array,
  from: number,
  to: number,
  scale: number,
): void {
  for (let i = from + 1; i < to; i++) {
    const [h, l, before] = [at(high!, i, scale), at(low!, i, scale), at(close!, i - 1, scale)];
    const up = h - at(high!, i - 1, scale);
    const down = at(low!, i - 1, scale) - l;
    plus[i] = up > down && up > 0 ? up : 0;
    minus[i] = down > up && down > 0 ? down : 0;
    ranges[i] = Math.max(h, before) - Math.min(l, before);
  }
}

/** @param side 1 for rises, −1 for falls */
export function directionInto(side: 1 | -1): RunCompute {
  return (inputs, [n = 1], out, from, to, decimals) => {
    const [plus, minus, ranges, smooth] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
    movements(inputs, plus, minus, ranges, from, to, tickScale(decimals));
    rmaInto(ranges, n, smooth, from + 1, to, -1);
    rmaInto(side > 0 ? plus : minus, n, out, from + 1, to, -1);
    for (let i = from + n; i < to; i++) out[i] = (100 * out[i]!) / smooth[i]!;
  };
}

export const adxInto: RunCompute = (inputs, [n = 1], out, from, to, decimals) => {
  const [plus, minus, ranges] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  movements(inputs, plus, minus, ranges, from, to, tickScale(decimals));
  const [rises, falls] = [borrowDoubles(to), borrowDoubles(to)];
  rmaInto(plus, n, rises, from + 1, to, -1);
  rmaInto(minus, n, falls, from + 1, to, -1);
  // both are divided by the same true range, so it cancels
  for (let i = from + n; i < to; i++) {
    const all = rises[i]! + falls[i]!;
    ranges[i] = all > 0 ? (100 * Math.abs(rises[i]! - falls[i]!)) / all : 0;
  }
  rmaInto(ranges, n, out, from + n, to, -1);
};

/** @param side 1 for rises, −1 for falls */
export function vortexInto(side: 1 | -1): RunCompute {
  return ([high, low, close], [n = 1], out, from, to, decimals) => {
    const scale = tickScale(decimals);
    const [moves, ranges, total] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
    for (let i = from + 1; i < to; i++) {
      const [h, l, before] = [at(high!, i, scale), at(low!, i, scale), at(close!, i - 1, scale)];
      moves[i] = side > 0 ? Math.abs(h - at(low!, i - 1, scale)) : Math.abs(l - at(high!, i - 1, scale));
      ranges[i] = Math.max(h, before) - Math.min(l, before);
    }
    const ticks = scale > 0 ? 0 : -1;
    sumInto(moves, n, out, from + 1, to, ticks);
    sumInto(ranges, n, total, from + 1, to, ticks);
    for (let i = from + n; i < to; i++) out[i] = out[i]! / total[i]!;
  };
}

export function supertrendInto(gives: 'line' | 'direction'): RunCompute {
  return ([high, low, close], [factor = 3, n = 10], out, from, to, decimals) => {
    // in ticks, so that a close that meets the line exactly is known to do so
    const scale = tickScale(decimals);
    const unit = scale > 0 ? scale : 1;
    const ranges = borrowDoubles(to);
    atrInto(high!, low!, close!, n, ranges, from, to, decimals);
    const first = from + n - 1;
    let upper = 0;
    let lower = 0;
    let direction = 1;
    for (let i = first; i < to; i++) {
      const middle = (at(high!, i, scale) + at(low!, i, scale)) / 2;
      const reach = factor * (ranges[i]! * unit);
      const before = i > first ? at(close!, i - 1, scale) : 0;
      const now = at(close!, i, scale);
      const [above, below] = [middle + reach, middle - reach];
      const nextLower = i === first || below > lower || before < lower ? below : lower;
      const nextUpper = i === first || above < upper || before > upper ? above : upper;
      if (i > first) {
        if (direction === 1) direction = now > nextUpper ? -1 : 1;
        else direction = now < nextLower ? 1 : -1;
      }
      upper = nextUpper;
      lower = nextLower;
      out[i] = gives === 'direction' ? direction : (direction === 1 ? upper : lower) / unit;
    }
  };
}

export const psarInto: RunCompute = ([high, low, close], [start = 0.02, inc = 0.02, max = 0.2], out, from, to) => {
  if (from + 1 >= to) return;
  let rising = close![from + 1]! > close![from]!;
  let extreme = rising ? high![from + 1]! : low![from + 1]!;
  let value = rising ? low![from]! : high![from]!;
  let speed = start;
  for (let i = from + 1; i < to; i++) {
    const [h, l] = [high![i]!, low![i]!];
    value += speed * (extreme - value);
    let turned = i === from + 1;
    if (rising ? value > l : value < h) {
      value = rising ? Math.max(h, extreme) : Math.min(l, extreme);
      rising = !rising;
      extreme = rising ? h : l;
      speed = start;
      turned = true;
    }
    if (!turned && (rising ? h > extreme : l < extreme)) {
      extreme = rising ? h : l;
      speed = Math.min(speed + inc, max);
    }
    const earlier = i > from + 1 ? i - 2 : i - 1;
    value = rising ? Math.min(value, low![i - 1]!, low![earlier]!) : Math.max(value, high![i - 1]!, high![earlier]!);
    out[i] = value;
  }
};

export const senkouaInto: RunCompute = ([high, low], [fast = 9, slow = 26, shift = 26], out, from, to) => {
  const [conversion, base] = [borrowDoubles(to), borrowDoubles(to)];
  middleInto(high!, low!, fast, conversion, from, to);
  middleInto(high!, low!, slow, base, from, to);
  for (let i = from + Math.max(fast, slow) - 1 + shift; i < to; i++) out[i] = (conversion[i - shift]! + base[i - shift]!) / 2;
};

export const senkoubInto: RunCompute = ([high, low], [n = 52, shift = 26], out, from, to) => {
  const middles = borrowDoubles(to);
  middleInto(high!, low!, n, middles, from, to);
  for (let i = from + n - 1 + shift; i < to; i++) out[i] = middles[i - shift]!;
};
