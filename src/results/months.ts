/** Returns of one trial by month and year of the data's own calendar. */
export interface MonthTable {
  readonly years: readonly YearReturns[]; // ascending
}

export interface YearReturns {
  readonly year: number;
  readonly total: number; // fraction; of the scored bars of that year
  /** January to December; null where no scored bar lies in the month. */
  readonly months: readonly (MonthReturn | null)[];
}

export interface MonthReturn {
  readonly value: number; // fraction, from the last close before the month to its last close
  readonly held: boolean; // a position was held at some close of it, or equity moved
}

export interface MonthInput {
  readonly capital: number;
  readonly equity: Float64Array; // at the close of each scored bar
  readonly position: Int8Array; // held at that close, 0 for none
  readonly localDate: Int32Array; // yyyymmdd of each scored bar
}

/** Compounds to the total return: each month starts from the equity that the one before left. */
export function monthTable({ capital, equity, position, localDate }: MonthInput): MonthTable {
  const years = new Map<number, { start: number; end: number; months: (MonthReturn | null)[] }>();
  let before = capital;
  let from = 0;
  for (let bar = 0; bar < equity.length; bar++) {
    const month = Math.floor(localDate[bar]! / 100);
    if (bar + 1 < equity.length && Math.floor(localDate[bar + 1]! / 100) === month) continue;
    const end = equity[bar]!;
    const value = before > 0 ? end / before - 1 : 0;
    const held = value !== 0 || position.subarray(from, bar + 1).some((side) => side !== 0);
    const year = years.get(Math.floor(month / 100)) ?? { start: before, end, months: new Array<null>(12).fill(null) };
    year.months[(month % 100) - 1] = { value, held };
    year.end = end;
    years.set(Math.floor(month / 100), year);
    before = end;
    from = bar + 1;
  }
  return {
    years: [...years].map(([year, { start, end, months }]) => ({ year, months, total: start > 0 ? end / start - 1 : 0 })),
  };
}
