import { AVERAGE_TWINS } from './averages.ts';
import { MOMENTUM_TWINS } from './momenta.ts';
import { RANGE_TWINS } from './ranges.ts';
import { STATISTIC_TWINS } from './statistics.ts';
import { TREND_TWINS } from './trends.ts';
import type { Twin } from './twin.ts';
import { VOLUME_TWINS } from './volumes.ts';

/** The slow twin of every indicator, by name. */
export const TWINS: Readonly<Record<string, Twin>> = {
  ...AVERAGE_TWINS,
  ...STATISTIC_TWINS,
  ...RANGE_TWINS,
  ...MOMENTUM_TWINS,
  ...TREND_TWINS,
  ...VOLUME_TWINS,
};
