import type { Bars } from '../../bars/buffer.ts';
import type { TrialDetail } from '../../metrics/report.ts';
import type { PlotTracks, Track } from './trial-plots.ts';

/** A trial's columns as uPlot wants them: seconds, one value per bar, null before a series exists and before the scored bars. */
export function makeTracks({ report, plots }: TrialDetail, bars: Bars): PlotTracks {
  const { startBar, capital, equity, drawdown } = report;
  const first = bars.close[startBar] ?? NaN;
  return {
    seconds: bars.time.map((ms) => ms / 1000),
    close: bars.close.slice(),
    overlays: plots.filter(({ pane }) => pane === 'price').map(({ name, values }) => ({ name, track: track(values, 0, 1) })),
    equity: track(equity, startBar, 1 / capital),
    buyHold: track(bars.close.subarray(startBar), startBar, 1 / first),
    drawdown: track(drawdown, startBar, 1),
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
