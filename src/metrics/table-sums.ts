import type { MetricRow } from './metric.ts';

/** Metrics from sums that every trial keeps. */
export const SUM_METRICS = [
  {
    key: 'objective',
    name: 'Objective',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 3,
  },
  {
    key: 'recoveryFactor',
    name: 'Recovery factor',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 2,
  },
  {
    key: 'buyHold',
    name: 'Buy & hold',
    unit: 'fraction',
    direction: 'none',
    signed: true,
    digits: 1,
  },
] as const satisfies readonly MetricRow[];
