import { AVERAGE_NOTES } from './averages.ts';
import { DEVIATION_NOTES } from './deviation.ts';
import { EXTREME_NOTES } from './extremes.ts';
import type { Notes } from './indicator.ts';
import { MOMENTUM_NOTES } from './momentum.ts';
import { RANGE_NOTES } from './range.ts';

/** Notes of every indicator, by name; apart from the catalogue, so that the page loads them only where somebody reads them. */
export const INDICATOR_NOTES: Readonly<Record<string, Notes>> = {
  ...AVERAGE_NOTES,
  ...DEVIATION_NOTES,
  ...EXTREME_NOTES,
  ...RANGE_NOTES,
  ...MOMENTUM_NOTES,
};
