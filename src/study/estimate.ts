import { rowsBytes } from '../metrics/rows.ts';

/** What a run of this many trials may take on this machine. */
export interface Estimate {
  readonly trials: number;
  readonly ms: number; // wall time
  readonly resultBytes: number;
  readonly barsBytes: number;
}

export interface EstimateInput {
  readonly trials: number; // may be beyond 2^53: then roughly
  readonly bars: number; // scored in each trial
  readonly barsBytes: number;
  readonly axes: number;
  readonly metrics: number;
  readonly workers: number;
  readonly nsPerBarTrial: number; // measured in one worker
}

export function estimate(input: EstimateInput): Estimate {
  const { trials, bars, barsBytes, axes, metrics, workers, nsPerBarTrial } = input;
  const rowBytes = rowsBytes({ rowCount: 2, axisCount: axes, metrics: Array.from({ length: metrics }, (_, k) => k) });
  const headBytes = rowsBytes({ rowCount: 1, axisCount: axes, metrics: Array.from({ length: metrics }, (_, k) => k) });
  return {
    trials,
    ms: (nsPerBarTrial * bars * trials) / workers / 1e6,
    resultBytes: headBytes + (rowBytes - headBytes) * trials,
    barsBytes,
  };
}
