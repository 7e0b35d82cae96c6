import { AVERAGE_NOTES } from './averages-notes.ts';
import { DEVIATION_NOTES } from './deviation-notes.ts';
import { EXTREME_NOTES } from './extremes-notes.ts';
import type { Notes } from './indicator.ts';
import { MOMENTUM_NOTES } from './momentum-notes.ts';
import { ORDER_NOTES } from './order-notes.ts';
import { OSCILLATOR_NOTES } from './oscillators-notes.ts';
import { RANGE_NOTES } from './range-notes.ts';
import { REGRESSION_NOTES } from './regression-notes.ts';
import { TREND_NOTES } from './trend-notes.ts';
import { VOLUME_NOTES } from './volume-notes.ts';

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
