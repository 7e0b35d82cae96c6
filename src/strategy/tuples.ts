import { axisValue, type Axis } from '../space/axis.ts';

/** What calculations about all trials need of an axis: its values one by one, and the interval that holds them. */
export interface Values {
  readonly name: string;
  readonly size: number;
  readonly low: number;
  readonly high: number;
  readonly whole: boolean; // every value is a whole number
  readonly at: (position: number) => number;
}

/** Values that one calculation may look at; beyond it answers are bounds. */
export const MOST_TUPLES = 100_000;

export function valuesOfAxis(axis: Axis): Values {
  const at = (position: number): number => axisValue(axis, position);
  const base = { name: axis.name, size: axis.size, at };
  if (axis.kind === 'range') {
    const whole = [at(0), at(Math.min(1, axis.size - 1)), at(Math.min(2, axis.size - 1))].every(Number.isInteger);
    return { ...base, low: at(0), high: at(axis.size - 1), whole };
  }
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  for (let position = 0; position < axis.size; position++) {
    const value = at(position);
    low = Math.min(low, value);
    high = Math.max(high, value);
    whole &&= Number.isInteger(value);
  }
  return { ...base, low, high, whole };
}

/** The same axis held at its lowest value. */
export function heldLow(values: Values): Values {
  return { ...values, size: 1, high: values.low, at: () => values.low };
}

/** How many tuples the chosen axes have together; Infinity is possible. */
export function tupleCount(axes: readonly Values[], chosen: readonly number[]): number {
  return chosen.reduce((product, k) => product * (axes[k]?.size ?? 1), 1);
}

/**
 * Calls `visit` with every tuple of the chosen axes, the last varying fastest, written into `values` at the axes' indices.
 * Stops when `visit` returns true, whose tuple then stays in `values`, or after `most` tuples.
 * @returns whether `visit` stopped it
 */
export function eachTuple(
  axes: readonly Values[],
  chosen: readonly number[],
  values: Float64Array,
  most: number,
  visit: () => boolean,
): boolean {
  const positions = chosen.map(() => 0);
  for (const k of chosen) values[k] = axes[k]!.at(0);
  for (let done = 0; done < most; done++) {
    if (visit()) return true;
    let digit = chosen.length - 1;
    while (digit >= 0) {
      const axis = axes[chosen[digit]!]!;
      positions[digit] = positions[digit]! + 1 < axis.size ? positions[digit]! + 1 : 0;
      values[chosen[digit]!] = axis.at(positions[digit]!);
      if (positions[digit] !== 0) break;
      digit -= 1;
    }
    if (digit < 0) return false;
  }
  return false;
}
