import type { Question } from './answers.ts';
import type { Intake } from './intake.ts';
import type { Session } from './hours.ts';
import type { Layout } from './layout.ts';
import { countIssues, type ColumnRole, type FileOrder, type ImportReport, type Issue, type IssueList } from './report.ts';
import { ROLES } from './roles.ts';
import type { Series } from './series.ts';

export interface Rest {
  readonly delimiter: string;
  readonly format: string;
  readonly preview: readonly (readonly string[])[];
  readonly barMs: number;
  readonly decimals: number;
  readonly session: Session | null;
  readonly fileOrder: FileOrder;
  readonly rows: number;
  readonly timeZone: string;
  readonly symbols: readonly string[];
  readonly questions: readonly Question[];
  readonly decisions: ImportReport['decisions'];
}

/** Puts together what is told of a file that was read. */
export function makeReport(
  { repaired, refused, warnings }: Intake,
  layout: Layout,
  { columns, symbol, ticks }: Series,
  rest: Rest,
): ImportReport {
  const { count, time } = columns;
  return {
    ...rest,
    bars: count,
    from: time[0] ?? 0,
    to: time[count - 1] ?? 0,
    symbol,
    shape: ticks ? 'ticks' : layout.shape === 'bars' ? 'bars' : 'line',
    roles: describeRoles(layout),
    repaired: byLine(repaired),
    refused: byLine(refused),
    warnings: byLine(warnings),
    counts: { repaired: repaired.count, refused: refused.count, warnings: warnings.count },
    repairs: countIssues(repaired),
    alerts: countIssues(refused, warnings),
  };
}

function byLine({ kept }: IssueList): readonly Issue[] {
  return kept.toSorted((a, b) => a.line - b.line);
}

function describeRoles({ roles, width, header }: Layout): ColumnRole[] {
  return Array.from({ length: width }, (_, column) => ({
    column,
    header: header?.[column] ?? '',
    role: ROLES.find((role) => roles[role] === column) ?? 'ignored',
  }));
}
