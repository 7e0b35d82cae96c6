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

/** What was read. The lists hold at most `ISSUE_CAP` issues each; `counts` has the full numbers. */
export interface ImportReport {
  readonly rows: number; // data rows seen: kept, dropped and refused
  readonly bars: number;
  readonly from: number; // open time of the first bar, UTC ms
  readonly to: number; // open time of the last bar, UTC ms
  readonly barMs: number; // commonest spacing
  readonly decimals: number; // as in Bars
  readonly symbol: string; // of the file's symbol column; '' where it has none
  readonly delimiter: string; // as the table was cut; '' where unknown
  readonly roles: readonly ColumnRole[];
  readonly repaired: readonly Issue[]; // read all the same; nothing of the prices was invented
  readonly refused: readonly Issue[]; // rows left out
  readonly warnings: readonly Issue[]; // kept as given, worth a look
  readonly counts: { readonly repaired: number; readonly refused: number; readonly warnings: number };
}

export const ISSUE_CAP = 1000;

/** A list of issues that counts all and keeps the first ones. */
export interface IssueList {
  readonly kept: Issue[];
  count: number;
}

export function makeIssues(): IssueList {
  return { kept: [], count: 0 };
}

export function addIssue(issues: IssueList, code: string, line: number, message: string): void {
  issues.count++;
  if (issues.kept.length < ISSUE_CAP) issues.kept.push({ code, line, message });
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
