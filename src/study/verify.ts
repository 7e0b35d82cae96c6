import { METRICS } from '../metrics/columns.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { Rows } from '../metrics/rows.ts';
import { TRIAL_STATES } from '../metrics/state.ts';

export interface Verdict {
  readonly equal: boolean;
  readonly text: string; // one sentence for the person
}

const TOLERANCE = 1e-9; // relative, absolute below 1

/**
 * Compares an opened trial with its stored row: the re-run must give the row's bytes, and the plain per-bar report the same
 * numbers to 1e-9, counts exactly.
 */
export function verifyTrial(rows: Rows, row: number, detail: TrialDetail): Verdict {
  const state = rows.states[row] ?? -1;
  if (detail.state !== state)
    return differs(
      `the re-run ends as ${TRIAL_STATES[detail.state] ?? detail.state}, its row as ${TRIAL_STATES[state] ?? state}`,
    );
  for (let k = 0; k < rows.columns.length; k++) {
    const difference = columnDifference(rows, row, k, detail);
    if (difference !== null) return differs(difference);
  }
  if (TRIAL_STATES[state] !== detail.report.state)
    return differs(`the report ends as ${detail.report.state}, its row as ${TRIAL_STATES[state] ?? state}`);
  return { equal: true, text: 're-run equals its row' };
}

function columnDifference(rows: Rows, row: number, k: number, detail: TrialDetail): string | null {
  const { key, name, unit } = METRICS[rows.metrics[k]!]!;
  const stored = rows.columns[k]![row]!;
  const again = detail.row[k] ?? Number.NaN;
  if (!sameBytes(stored, again)) return `the re-run's ${name} is ${again}, its row's ${stored}`;
  const plain = detail.report.metrics[key] ?? Number.NaN;
  return agrees(stored, plain, unit === 'count') ? null : `the report's ${name} is ${plain}, its row's ${stored}`;
}

/** The same float64, bit by bit: a NaN equals itself, 0 and −0 differ. */
export function sameBytes(a: number, b: number): boolean {
  return Object.is(a, b);
}

export function agrees(a: number, b: number, exact: boolean): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (exact || !Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

function differs(what: string): Verdict {
  return { equal: false, text: `Two computations of this trial differ: ${what}. Please report it with the link of the study.` };
}
