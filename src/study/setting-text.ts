import { parseRange, type RangeSpelling } from '../space/range.ts';
import { axisValue, type Axis } from '../space/axis.ts';
import { neutralSetting, SETTINGS } from '../strategy/settings.ts';

/** How the settings of the execution stand in the form. */

const SHARES: ReadonlySet<string> = new Set([
  'commission.relative',
  'slippage',
  'funding.short',
  'funding.leverage',
  'sizing.fraction',
  'sizing.risk',
  'sizing.volatility',
  'maintenance',
]);

/** Settings that are typed in percent and kept as fractions. */
export function isShare(path: string): boolean {
  return SHARES.has(path);
}

/** What may stand in the field, in the unit that is typed there. */
export function adviceOf(path: string): string {
  if (path === 'sizing.fraction') return 'Write a percentage above 0 and at most 100000.';
  if (path === 'sizing.risk' || path === 'sizing.volatility') return 'Write a percentage above 0 and at most 100.';
  if (isShare(path)) return 'Write a percentage from 0 to below 100.';
  return SETTINGS.find((one) => one.path === path)?.advice ?? '';
}

/** A range to begin with when a setting becomes an axis: five values or so, the number among them. */
export function rangeAround(path: string, value: number): string {
  const holds = (x: number): boolean => SETTINGS.find((one) => one.path === path)?.holds(x) === true;
  const short = (x: number): string => String(Number(x.toPrecision(6)));
  if (path === 'leverage') {
    const high = Math.max(value, 3);
    return `1..${short(high)} by ${short((high - 1) / 4)}`;
  }
  if (path === 'sizing.period') {
    const step = Math.max(1, Math.round(value / 2));
    return `${step}..${step * 4} by ${step}`;
  }
  const step = value > 0 ? value / 2 : isShare(path) ? 0.0005 : 0.5;
  const low = holds(0) ? 0 : step;
  const high = [4, 3, 2].map((times) => times * step).find(holds) ?? value;
  return `${short(low)}..${short(high)} by ${short(step)}`;
}

/** The first value of a range or list; the neutral one where it cannot be read. */
export function firstOf(spelling: RangeSpelling, path: string): number {
  const fallback = neutralSetting(path);
  const base: Axis = { kind: 'list', name: path, size: 1, values: [fallback], fallback };
  const read = parseRange(base, spelling);
  return read.ok ? axisValue(read.value, 0) : fallback;
}

/** "0.1" (percent) → 0.001, by the decimal point alone: no multiplication, no rounding noise. */
export function percentToFraction(text: string): number {
  return /e/i.test(text) ? Number(text) / 100 : Number(`${text}e-2`);
}

/** 0.001 → "0.1", shortest text that reads back as the same fraction. */
export function fractionToPercent(fraction: number): string {
  for (let digits = 1; digits <= 17; digits++) {
    const text = String(Number((fraction * 100).toPrecision(digits)));
    if (percentToFraction(text) === fraction) return text;
  }
  return String(fraction * 100);
}
