/** One row of the table as cut by the CSV parser. */
export interface TableRow {
  readonly line: number; // 1-based line of the file where the row starts
  readonly cells: readonly string[];
}
