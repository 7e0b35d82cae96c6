import { formatDecimal } from '../core/decimal.ts';
import { axisLabel, type Axis } from '../space/axis.ts';
import type { RangeSpelling } from '../space/range.ts';

const LARGER = 0.5; // by how much of its span a range is extended

/**
 * Spellings of the part of an axis between two positions, both included, in finer steps: the finest that is wanted first. The
 * last one keeps the steps.
 */
export function refinements(axis: Axis, low: number, high: number): RangeSpelling[] {
  switch (axis.kind) {
    case 'range': {
      const [from, to] = [low, high].map((at) => axis.lowUnits + at * axis.stepUnits) as [number, number];
      const spell = (step: number, digits: number): string => {
        const scale = 10 ** digits;
        const text = (units: number): string => formatDecimal(units * scale, axis.decimals + digits);
        return `${text(from)}..${text(to)} by ${formatDecimal(step, axis.decimals + digits)}`;
      };
      const step = axis.stepUnits;
      if (low === high) return [[...new Set([axisLabel(axis, low)])]];
      const divisor = [4, 2, 3, 5].find((by) => step % by === 0);
      if (divisor !== undefined) return [spell(step / divisor, 0), spell(step, 0)];
      return step > 1 ? [spell(1, 0), spell(step, 0)] : [spell(5, 1), spell(step, 0)];
    }
    case 'log':
      return [`${axisLabel(axis, low)}..${axisLabel(axis, high)} log ${Math.max(2, 2 * (high - low) + 1)}`];
    case 'list':
    case 'flag':
      return [axis.values.slice(low, high + 1)];
    case 'choice':
      return [axis.names.slice(low, high + 1)];
  }
}

/**
 * The axis' range with more values beyond one end: half of its span, in its own steps. A range of positive values stays
 * positive. Null where there is nothing beyond, or the axis is a list.
 */
export function extended(axis: Axis, end: 'low' | 'high'): RangeSpelling | null {
  if (axis.kind === 'range') {
    const { lowUnits, stepUnits, decimals } = axis;
    const last = lowUnits + (axis.size - 1) * stepUnits;
    const more = Math.max(1, Math.ceil((axis.size - 1) * LARGER)) * stepUnits;
    let low = end === 'low' ? lowUnits - more : lowUnits;
    while (lowUnits > 0 && low <= 0) low += stepUnits;
    const high = end === 'high' ? last + more : last;
    if (low === lowUnits && high === last) return null;
    return `${formatDecimal(low, decimals)}..${formatDecimal(high, decimals)} by ${formatDecimal(stepUnits, decimals)}`;
  }
  if (axis.kind !== 'log') return null;
  const [first, last] = [axis.values[0]!, axis.values.at(-1)!];
  const ratio = Math.sqrt(last / first);
  const steps = axis.steps + Math.ceil((axis.steps - 1) * LARGER);
  const round = (value: number): number => Number(value.toPrecision(2));
  return end === 'high' ? `${first}..${round(last * ratio)} log ${steps}` : `${round(first / ratio)}..${last} log ${steps}`;
}
