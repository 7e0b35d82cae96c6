import { emaInto } from './averages.ts';
import { column, fullChanges, fullWindow, indicator, period, series, type Indicator, type RunCompute } from './indicator.ts';
import { borrowDoubles } from './scratch.ts';
import { sumInto } from './windows.ts';

const OWN = { level: 'own' } as const;
const [HIGH, LOW, CLOSE, VOLUME] = [column('high'), column('low'), column('close'), column('volume')];

export const VOLUMES: readonly Indicator[] = [
  indicator('obv', [CLOSE, VOLUME], [], OWN, () => 0),
  indicator('ad', [HIGH, LOW, CLOSE, VOLUME], [], OWN, () => 0),
  indicator(
    'adosc',
    [HIGH, LOW, CLOSE, VOLUME],
    [period('fast', 3), period('slow', 10)],
    OWN,
    ([a = 1, b = 1]) => Math.max(a, b) - 1,
  ),
  indicator('cmf', [HIGH, LOW, CLOSE, VOLUME], [period('n')], OWN, fullWindow),
  indicator('mfi', [series('x', 'hlc3'), VOLUME], [period('n')], OWN, fullChanges),
  indicator('vwap', [series('x', 'hlc3'), VOLUME, column('date')], [], { level: 'input' }, () => 0),
];

/**
 * A running sum with what rounding took from it (A. Neumaier, 1974): it does not drift. The parts are in `carry`, which the caller
 * owns: 0 the sum, 1 what it lacks.
 */
function add(carry: Float64Array, value: number): number {
  const sum = carry[0]!;
  const next = sum + value;
  carry[1] = carry[1]! + (Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum);
  carry[0] = next;
  return next + carry[1];
}

export const cumInto: RunCompute = ([x], _, out, from, to) => {
  const carry = borrowDoubles(2).fill(0, 0, 2);
  let started = false;
  for (let i = from; i < to; i++) {
    const value = x![i]!;
    if (value - value !== 0) {
      if (started) out[i] = carry[0]! + carry[1]!;
      continue;
    }
    started = true;
    out[i] = add(carry, value);
  }
};

export const obvInto: RunCompute = ([close, volume], _, out, from, to) => {
  const carry = borrowDoubles(2).fill(0, 0, 2);
  out[from] = 0;
  for (let i = from + 1; i < to; i++) {
    const change = close![i]! - close![i - 1]!;
    out[i] = add(carry, change > 0 ? volume![i]! : change < 0 ? -volume![i]! : 0);
  }
};

function flow([high, low, close, volume]: readonly Float64Array[], i: number): number {
  const range = high![i]! - low![i]!;
  return range > 0 ? ((close![i]! - low![i]! - (high![i]! - close![i]!)) / range) * volume![i]! : 0;
}

export const adInto: RunCompute = (inputs, _, out, from, to) => {
  const carry = borrowDoubles(2).fill(0, 0, 2);
  for (let i = from; i < to; i++) out[i] = add(carry, flow(inputs, i));
};

export const adoscInto: RunCompute = (inputs, [fast = 3, slow = 10], out, from, to, decimals) => {
  const [line, faster, slower] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  adInto(inputs, [], line, from, to, decimals);
  emaInto(line, fast, faster, from, to, -1);
  emaInto(line, slow, slower, from, to, -1);
  for (let i = from + Math.max(fast, slow) - 1; i < to; i++) out[i] = faster[i]! - slower[i]!;
};

export const cmfInto: RunCompute = (inputs, [n = 1], out, from, to) => {
  const [flows, volumes] = [borrowDoubles(to), borrowDoubles(to)];
  for (let i = from; i < to; i++) flows[i] = flow(inputs, i);
  sumInto(flows, n, out, from, to, -1);
  sumInto(inputs[3]!, n, volumes, from, to, -1);
  for (let i = from + n - 1; i < to; i++) out[i] = out[i]! / volumes[i]!;
};

export const mfiInto: RunCompute = ([x, volume], [n = 1], out, from, to) => {
  const [ups, downs, falls] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  for (let i = from + 1; i < to; i++) {
    const money = x![i]! * volume![i]!;
    ups[i] = x![i]! > x![i - 1]! ? money : 0;
    downs[i] = x![i]! < x![i - 1]! ? money : 0;
  }
  sumInto(ups, n, out, from + 1, to, -1);
  sumInto(downs, n, falls, from + 1, to, -1);
  for (let i = from + n; i < to; i++) out[i] = (100 * out[i]!) / (out[i]! + falls[i]!);
};

export const vwapInto: RunCompute = ([x, volume, date], _, out, from, to) => {
  const money = borrowDoubles(2);
  const shares = borrowDoubles(2);
  for (let i = from; i < to; i++) {
    if (i === from || date![i] !== date![i - 1]) {
      money.fill(0, 0, 2);
      shares.fill(0, 0, 2);
    }
    out[i] = add(money, x![i]! * volume![i]!) / add(shares, volume![i]!);
  }
};
