import type { VendorBar } from './vendor-layout.ts';

// How vendors spell dates, numbers and rows.

export const iso = (t: number): string => new Date(t).toISOString();
export const day = (t: number): string => iso(t).slice(0, 10);
export const clock = (t: number): string => iso(t).slice(11, 19);
export const compact = (t: number): string => day(t).replaceAll('-', '');
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const parts = (t: number): [string, string, string] => day(t).split('-') as [string, string, string];
export const monthName = (t: number): string => MONTHS[Number(parts(t)[1]) - 1]!;
export const grouped = (value: number, digits = 2): string => {
  const [whole = '', rest] = value.toFixed(digits).split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
};
export const german = (value: number, digits = 2): string =>
  grouped(value, digits).replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','));
export const dayFirst = (t: number, mark: string): string => parts(t).toReversed().join(mark);
export const monthFirst = (t: number, mark = '/'): string => `${parts(t)[1]}${mark}${parts(t)[2]}${mark}${parts(t)[0]}`;
export const millions = (v: number): string => (v / 1e6).toFixed(2);
export const lines = (
  header: string | null,
  bars: readonly VendorBar[],
  row: (bar: VendorBar, i: number) => string,
  end = '\n',
): string => [...(header === null ? [] : [header]), ...bars.map(row)].join(end) + end;
export const ohlc = ({ o, h, l, c }: VendorBar, mark = ','): string => [o, h, l, c].join(mark);
export const ohlcv = (bar: VendorBar, mark = ','): string => `${ohlc(bar, mark)}${mark}${bar.v}`;
export const newest = (bars: readonly VendorBar[]): VendorBar[] => bars.toReversed();
