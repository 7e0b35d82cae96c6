import type { Decision, Question } from './answers.ts';
import type { Session } from './hours.ts';
import type { Role } from './roles.ts';

/** A finding about the user's file. */
export interface Issue {
  readonly code: string; // snake_case, stable
  readonly line: number; // 1-based line of the file; 0: the whole file
  readonly message: string; // one sentence
}

/** What one column of the file was taken for. */
export interface ColumnRole {
  readonly column: number; // 0-based
  readonly header: string; // as in the file, may be hostile: show as text; '' where there is no header
  readonly role: Role | 'ignored';
}

/** Findings of one code: all are counted, the first `ISSUE_CAP` have their lines kept. */
export interface IssueCount {
  readonly code: string;
  readonly count: number;
  readonly rows: readonly number[]; // 1-based lines
}

export type FileOrder = 'asc' | 'desc' | 'mixed';

/** What was read. The lists hold at most `ISSUE_CAP` issues each; `counts` has the full numbers. */
export interface ImportReport {
  readonly rows: number; // data rows seen: kept, dropped and refused
  readonly bars: number;
  readonly from: number; // open time of the first bar, UTC ms
  readonly to: number; // open time of the last bar, UTC ms
  readonly barMs: number; // commonest spacing
  readonly decimals: number; // as in Bars
  readonly session: Session | null; // hours within a day, as found or as a person said; null: round the clock
  readonly symbol: string; // as the file names the market; '' where it does not
  readonly symbols: readonly string[]; // every market of the file, in its order
  readonly delimiter: string; // as the table was cut; '' where unknown
  readonly format: string; // of the container, in words: '' for plain text
  readonly fileOrder: FileOrder;
  readonly timeZone: string; // 'UTC', an offset, several, the name that a person gave, or 'unknown'
  readonly shape: 'bars' | 'line' | 'ticks';
  readonly roles: readonly ColumnRole[];
  readonly preview: readonly (readonly string[])[]; // cells of the first rows of data
  readonly decisions: readonly Decision[];
  readonly questions: readonly Question[]; // open ones; the readings shown first were used
  readonly repaired: readonly Issue[]; // read all the same; nothing of the prices was invented
  readonly refused: readonly Issue[]; // rows left out
  readonly warnings: readonly Issue[]; // kept as given, worth a look
  readonly counts: { readonly repaired: number; readonly refused: number; readonly warnings: number };
  readonly repairs: readonly IssueCount[];
  readonly alerts: readonly IssueCount[]; // refused and warnings together
}

export const ISSUE_CAP = 1000;

/** A list of issues that counts all and keeps the first ones. */
export interface IssueList {
  readonly kept: Issue[];
  readonly codes: Map<string, { count: number; rows: number[] }>;
  count: number;
}

export function makeIssues(): IssueList {
  return { kept: [], codes: new Map(), count: 0 };
}

export function addIssue(issues: IssueList, code: string, line: number, message: string): void {
  issues.count++;
  if (issues.kept.length < ISSUE_CAP) issues.kept.push({ code, line, message });
  let counted = issues.codes.get(code);
  if (counted === undefined) {
    counted = { count: 0, rows: [] };
    issues.codes.set(code, counted);
  }
  counted.count++;
  if (line > 0 && counted.rows.length < ISSUE_CAP) counted.rows.push(line);
}

/** Adds the findings of one list to another. */
export function mergeIssues(to: IssueList, from: IssueList): void {
  to.count += from.count;
  to.kept.push(...from.kept.slice(0, ISSUE_CAP - to.kept.length));
  for (const [code, { count, rows }] of from.codes) {
    const known = to.codes.get(code);
    if (known === undefined) to.codes.set(code, { count, rows: [...rows] });
    else {
      known.count += count;
      known.rows.push(...rows.slice(0, ISSUE_CAP - known.rows.length));
    }
  }
}

/** Findings by code, of several lists together. */
export function countIssues(...lists: readonly IssueList[]): IssueCount[] {
  const counts = new Map<string, { code: string; count: number; rows: number[] }>();
  for (const { codes } of lists) {
    for (const [code, { count, rows }] of codes) {
      const entry = counts.get(code);
      if (entry === undefined) counts.set(code, { code, count, rows: [...rows] });
      else {
        entry.count += count;
        entry.rows.push(...rows);
      }
    }
  }
  return [...counts.values()].map(({ code, count, rows }) => ({ code, count, rows: rows.sort((a, b) => a - b) }));
}

/** A cell of the file, short enough for a sentence, without control characters. */
export function quoteCell(cell: string): string {
  let text = '';
  for (const char of cell.length > 40 ? `${cell.slice(0, 40)}…` : cell) {
    const code = char.codePointAt(0)!;
    const hidden =
      code < 32 ||
      (code >= 0x7f && code < 0xa0) ||
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069);
    text += hidden ? '\ufffd' : char;
  }
  return `"${text}"`;
}
