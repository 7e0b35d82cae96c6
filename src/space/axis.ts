import { decimalValue, formatDecimal } from '../core/decimal.ts';

/**
 * One parameter's values, both ends included. `values` is never stored for ranges: position → value is arithmetic.
 * A position is 0 … size − 1. A numeric axis' value at a position is `axisValue`; a choice's value is the position of the
 * name in `allNames` (the text's order), so that an overridden subset keeps the meaning of the Plan's options.
 */
export type Axis = RangeAxis | LogAxis | ListAxis | ChoiceAxis | FlagAxis;

interface AxisBase {
  readonly name: string;
  readonly size: number; // count of values, ≥ 1, ≤ 2^31 − 1
}

/** value(i) = (lowUnits + i × stepUnits) ÷ 10^decimals: exact decimal steps, never accumulated. */
export interface RangeAxis extends AxisBase {
  readonly kind: 'range';
  readonly lowUnits: number; // integer
  readonly stepUnits: number; // integer > 0
  readonly decimals: number; // 0 … 15
  readonly highUnits: number; // as written; the last value may lie below it where the step does not divide
  readonly fallback: number; // the text's default value
}

/** `1..1000 log 13`: 13 values in equal ratios, both ends included; rounded to whole numbers, without repeats, if both ends are whole. */
export interface LogAxis extends AxisBase {
  readonly kind: 'log';
  readonly low: number;
  readonly high: number;
  readonly steps: number; // as written; size may be smaller after removing repeats
  readonly values: readonly number[]; // at most 10 000
  readonly fallback: number;
}

export interface ListAxis extends AxisBase {
  readonly kind: 'list';
  readonly values: readonly number[];
  readonly fallback: number;
}

export interface ChoiceAxis extends AxisBase {
  readonly kind: 'choice';
  readonly allNames: readonly string[]; // as in the text
  readonly names: readonly string[]; // the ones in the space, in the space's order
  readonly fallback: string;
}

export interface FlagAxis extends AxisBase {
  readonly kind: 'flag';
  readonly values: readonly boolean[]; // [false, true] or one of them
  readonly fallback: boolean;
}

/** Largest count of values on one axis. */
export const MAX_AXIS_SIZE = 2 ** 31 - 1;

/** The number that the kernel reads at a position: a choice's place in the text's order, 1 or 0 for a flag. */
export function axisValue(axis: Axis, position: number): number {
  switch (axis.kind) {
    case 'range':
      return decimalValue(axis.lowUnits + position * axis.stepUnits, axis.decimals);
    case 'log':
    case 'list':
      return axis.values[position]!;
    case 'choice':
      return axis.allNames.indexOf(axis.names[position]!);
    case 'flag':
      return Number(axis.values[position]!);
  }
}

/** The value at a position as a person writes it: `0.15`, `ema`, `true`. */
export function axisLabel(axis: Axis, position: number): string {
  switch (axis.kind) {
    case 'range':
      return formatDecimal(axis.lowUnits + position * axis.stepUnits, axis.decimals);
    case 'log':
    case 'list':
      return String(axis.values[position]!);
    case 'choice':
      return axis.names[position]!;
    case 'flag':
      return String(axis.values[position]!);
  }
}

/** The position whose value is the axis value `value`, −1 where there is none. */
export function positionOf(axis: Axis, value: number): number {
  if (axis.kind === 'range') {
    const near = Math.round((value - axisValue(axis, 0)) / decimalValue(axis.stepUnits, axis.decimals));
    return near >= 0 && near < axis.size && axisValue(axis, near) === value ? near : -1;
  }
  for (let position = 0; position < axis.size; position++) if (axisValue(axis, position) === value) return position;
  return -1;
}

/** The position nearest to the text's default value; for names the default itself, or the first. */
export function defaultPosition(axis: Axis): number {
  if (axis.kind === 'choice') return Math.max(0, axis.names.indexOf(axis.fallback));
  if (axis.kind === 'flag') return Math.max(0, axis.values.indexOf(axis.fallback));
  if (axis.kind === 'range') {
    const near = Math.round((axis.fallback - axisValue(axis, 0)) / decimalValue(axis.stepUnits, axis.decimals));
    return Math.min(Math.max(near, 0), axis.size - 1);
  }
  let best = 0;
  axis.values.forEach((value, position) => {
    if (Math.abs(value - axis.fallback) < Math.abs(axis.values[best]! - axis.fallback)) best = position;
  });
  return best;
}
