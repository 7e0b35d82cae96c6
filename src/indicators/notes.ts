import { AVERAGE_NOTES } from './averages.ts';
import { DEVIATION_NOTES } from './deviation.ts';
import { EXTREME_NOTES } from './extremes.ts';
import type { Notes } from './indicator.ts';
import { MOMENTUM_NOTES } from './momentum.ts';
import { ORDER_NOTES } from './order.ts';
import { OSCILLATOR_NOTES } from './oscillators.ts';
import { RANGE_NOTES } from './range.ts';
import { REGRESSION_NOTES } from './regression.ts';
import { TREND_NOTES } from './trend.ts';
import { VOLUME_NOTES } from './volume.ts';

/** Notes of every indicator, by name; apart from the catalogue, so that the page loads them only where somebody reads them. */
export const INDICATOR_NOTES: Readonly<Record<string, Notes>> = {
  ...AVERAGE_NOTES,
  ...DEVIATION_NOTES,
  ...EXTREME_NOTES,
  ...RANGE_NOTES,
  ...MOMENTUM_NOTES,
  ...OSCILLATOR_NOTES,
  ...TREND_NOTES,
  ...VOLUME_NOTES,
  ...REGRESSION_NOTES,
  ...ORDER_NOTES,
};
