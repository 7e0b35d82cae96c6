/**
 * What is said of a metric. The one table of them is metrics/columns: rows store them in its order, the page shows the formula
 * of metrics/notes behind the column's name, docs/metrics.md is written from both.
 *
 * Words of the formulas: E is equity at the close of a scored bar, in the account's currency; `capital` is E before the first
 * scored bar; r are the sampled simple returns E ÷ previous sampled E − 1, the first one from the capital, flat samples counted
 * as 0; N is their number; P is `periodsPerYear`; a trade is a closed round trip, its pnl net of its costs, its return
 * pnl ÷ (quantity × entry price).
 */
export interface MetricRow {
  readonly key: string;
  readonly name: string; // as on the page
  readonly unit: 'fraction' | 'money' | 'count' | 'ratio'; // a fraction of 0.01 is shown as 1 %
  readonly direction: 'max' | 'min' | 'none'; // which end is better; none: neither is
  readonly signed: boolean; // a value and its opposite mean opposite things: draw around zero
  readonly digits: number; // decimals to show; of the percentage where the unit is a fraction
}

/** What people read about a metric: metrics/notes. */
export interface MetricNotes {
  readonly formula: string;
  readonly undefinedWhen: string; // when the value is NaN; '' where it never is, for a trial that could trade
  readonly source: string;
  readonly differs: string; // where a well-known program of the same name gives another number; '' where none does
}

/**
 * What a sweep must keep to know a metric: sums that every trial keeps anyway; its trades; its equity at every close as well; or
 * the trial again under other costs.
 */
export type MetricNeeds = 'sums' | 'trades' | 'curve' | 'reruns';

export interface Metric extends MetricRow {
  readonly needs: MetricNeeds;
}
