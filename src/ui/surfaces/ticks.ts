import { axisLabel, type Axis } from '../../space/axis.ts';
import { roundStep } from '../colors.ts';

/** CSS px that a digit of the micro size takes, for deciding what fits. */
export const CHAR = 6.3;

/** A labelled place on an axis: a value that the axis really has. */
export interface AxisTick {
  readonly position: number;
  readonly label: string;
}

/**
 * At most `most` values of the axis, round ones where the axis has them (5..60 by 1: 10, 20 … 60), otherwise evenly many
 * steps apart from its first value on.
 */
export function axisTicks(axis: Axis, most: number): AxisTick[] {
  const limit = Math.max(1, Math.floor(most));
  const rounds = axis.kind === 'range' && axis.size > limit ? roundPositions(axis, limit) : null;
  const positions = rounds ?? strides(axis.size, limit);
  return positions.map((position) => ({ position, label: axisLabel(axis, position) }));
}

function roundPositions(axis: Axis & { kind: 'range' }, limit: number): number[] | null {
  const high = axis.lowUnits + (axis.size - 1) * axis.stepUnits;
  let step = Math.max(1, roundStep((high - axis.lowUnits) / limit));
  for (let tries = 0; tries < 6; tries++, step = roundStep(step * 1.01)) {
    const positions: number[] = [];
    let wanted = 0;
    for (let units = Math.ceil(axis.lowUnits / step) * step; units <= high; units += step) {
      wanted++;
      const position = (units - axis.lowUnits) / axis.stepUnits;
      if (Number.isInteger(position)) positions.push(position);
    }
    // An axis that steps past half of the round numbers would get a ragged ruler.
    if (positions.length <= limit && positions.length >= 2 && positions.length === wanted) return positions;
  }
  return null;
}

function strides(size: number, limit: number): number[] {
  const stride = size <= limit ? 1 : Math.max(1, Math.ceil(roundStep(size / limit)));
  return Array.from({ length: Math.ceil(size / stride) }, (_, i) => i * stride);
}

/** Round values in [low, high], both ends included, about `count` of them. */
export function valueTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / Math.max(1, count));
  const first = Math.ceil(low / step - 1e-6);
  const last = Math.floor(high / step + 1e-6);
  // Dividing by a whole number is exact where multiplying by 0.1 is not.
  const inverse = step < 1 ? Math.round(1 / step) : 0;
  return Array.from({ length: last - first + 1 }, (_, i) => (inverse > 0 ? (first + i) / inverse : (first + i) * step) + 0);
}

/** Digits after the point that tell ticks of this spacing apart. */
export function tickDigits(ticks: readonly number[]): number {
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 1;
  return Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
}
