import type { Bars } from '../../bars/buffer.ts';
import type { TrialDetail, TrialReport } from '../../metrics/report.ts';
import type { PlotTracks, Track } from './trial-plots.ts';

/** A trial's columns as uPlot wants them: seconds, one value per bar, null before a series exists and before the scored bars. */
export function makeTracks({ report, plots }: TrialDetail, bars: Bars): PlotTracks {
  const { startBar, capital, equity, drawdown, stops, targets } = report;
  const first = bars.close[startBar] ?? NaN;
  return {
    seconds: bars.time.map((ms) => ms / 1000),
    close: bars.close.slice(),
    overlays: plots.filter(({ pane }) => pane === 'price').map(({ name, values }) => ({ name, track: track(values, 0, 1) })),
    stops: track(stops, startBar, 1),
    targets: track(targets, startBar, 1),
    equity: track(equity, startBar, 1 / capital),
    buyHold: track(bars.close.subarray(startBar), startBar, 1 / first),
    drawdown: track(drawdown, startBar, 1),
  };
}

export interface EquityTracks {
  readonly seconds: Float64Array;
  readonly from: number; // first scored bar
  readonly buyHold: Track;
  readonly equities: readonly Track[]; // multiples of the capital
}

/** Several trials of one study, which are scored over the same bars. */
export function equityTracks(reports: readonly TrialReport[], bars: Bars): EquityTracks {
  const from = reports[0]?.startBar ?? 0;
  return {
    seconds: bars.time.map((ms) => ms / 1000),
    from,
    buyHold: track(bars.close.subarray(from), from, 1 / (bars.close[from] ?? NaN)),
    equities: reports.map(({ equity, capital }) => track(equity, from, 1 / capital)),
  };
}

/** uPlot mistakes a column that starts with NaN for one without a range, so gaps are nulls. */
function track(values: Float64Array, offset: number, factor: number): Track {
  const out: Track = new Array<number | null>(offset + values.length).fill(null);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value)) out[offset + i] = value * factor;
  }
  return out;
}
