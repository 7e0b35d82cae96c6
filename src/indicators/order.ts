import {
  factor,
  fullChanges,
  fullWindow,
  indicator,
  period,
  X,
  type Indicator,
  type Input,
  type RunCompute,
} from './indicator.ts';
import { borrowDoubles } from './scratch.ts';
import { sumInto } from './windows.ts';

/** What depends on the order of values, or on when something was so. */

const CONDITION: Input = { name: 'condition', kind: 'condition', column: null };
const N = [period('n')];

export const ORDERS: readonly Indicator[] = [
  indicator('median', [X], N, { level: 'input' }, fullWindow),
  indicator('percentrank', [X], N, { level: 'own' }, fullChanges),
  indicator('sum', [X], N, { level: 'own' }, fullWindow),
  indicator('cum', [X], [], { level: 'own', holes: 'reads' }, () => 0),
  indicator('nz', [X], [factor('replacement', 0, -Infinity)], { level: 'input', holes: 'reads' }, () => 0),
  indicator('fixnan', [X], [], { level: 'input', holes: 'reads' }, () => 0),
  indicator('barssince', [CONDITION], [], { level: 'own', sparse: true }, () => 0),
  indicator('valuewhen', [CONDITION, X], [period('n', 0, 0)], { level: 'input', sparse: true, holes: 'reads' }, () => 0),
];

export const sumRun: RunCompute = ([x], [n = 1], out, from, to, decimals) => sumInto(x!, n, out, from, to, decimals);

/** The window in order; one value leaves and one enters per bar, which moves those between them. */
export const medianInto: RunCompute = ([x], [n = 1], out, from, to) => {
  if (from + n > to) return;
  const sorted = borrowDoubles(n);
  const half = n >> 1;
  let size = 0;
  for (let i = from; i < to; i++) {
    const enters = x![i]!;
    let place = size;
    if (size < n) size += 1;
    else {
      place = lowerBound(sorted, n, x![i - n]!);
      while (place + 1 < n && sorted[place + 1]! < enters) {
        sorted[place] = sorted[place + 1]!;
        place += 1;
      }
    }
    while (place > 0 && sorted[place - 1]! > enters) {
      sorted[place] = sorted[place - 1]!;
      place -= 1;
    }
    sorted[place] = enters;
    if (size === n) out[i] = n % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  }
};

/** First place in the sorted values that is not below `value`. */
function lowerBound(sorted: Float64Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** n comparisons per bar: a rank has no running form. */
export const percentrankInto: RunCompute = ([x], [n = 1], out, from, to) => {
  for (let i = from + n; i < to; i++) {
    const now = x![i]!;
    let count = 0;
    for (let j = i - n; j < i; j++) count += Number(x![j]! <= now);
    out[i] = (100 * count) / n;
  }
};

export const nzInto: RunCompute = ([x], [replacement = 0], out, from, to) => {
  for (let i = from; i < to; i++) out[i] = x![i]! - x![i]! === 0 ? x![i]! : replacement;
};

export const fixnanInto: RunCompute = ([x], _, out, from, to) => {
  let last = NaN;
  for (let i = from; i < to; i++) {
    if (x![i]! - x![i]! === 0) last = x![i]!;
    out[i] = last;
  }
};

export const barssinceInto: RunCompute = ([condition], _, out, from, to) => {
  let last = NaN;
  for (let i = from; i < to; i++) {
    if (condition![i] === 1) last = i;
    out[i] = i - last;
  }
};

export const valuewhenInto: RunCompute = ([condition, x], [n = 0], out, from, to) => {
  if (n >= to - from) return;
  const values = borrowDoubles(n + 1); // the newest n + 1, in a ring
  let count = 0;
  for (let i = from; i < to; i++) {
    if (condition![i] === 1) values[count++ % (n + 1)] = x![i]!;
    if (count > n) out[i] = values[count % (n + 1)]!;
  }
};
