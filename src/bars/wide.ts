import type { Choice, Shape } from './choose.ts';
import { isNamed, rolesOfName, splitSymbol } from './names.ts';
import type { Profile } from './profile.ts';

/** One market of a table that has a column, or a group of columns, for each. */
export interface WideSeries {
  readonly symbol: string;
  readonly roles: { open: number; high: number; low: number; close: number; volume: number; adjusted: number };
}

const FIELDS = ['open', 'high', 'low', 'close', 'volume', 'adjusted'] as const;

/**
 * Groups columns by market: from a stack of header rows, from names like "AAPL.Open", or a column per market.
 * @returns one entry per market in the order of the file; a single one where all names carry the same market
 */
export function wideSeries(
  header: readonly string[],
  symbols: readonly string[] | null,
  profiles: readonly Profile[],
  choice: Choice,
): WideSeries[] {
  const series = new Map<string, WideSeries>();
  const take = (symbol: string, name: string, column: number): void => {
    const field = FIELDS.find((role) => isNamed(name, role));
    if (field === undefined) return;
    let entry = series.get(symbol);
    if (entry === undefined) {
      entry = { symbol, roles: { open: -1, high: -1, low: -1, close: -1, volume: -1, adjusted: -1 } };
      series.set(symbol, entry);
    }
    if (entry.roles[field] < 0) entry.roles[field] = column;
  };
  header.forEach((name, column) => {
    if (symbols !== null && (symbols[column] ?? '') !== '') return take(symbols[column]!, name, column);
    const parts = rolesOfName(name).length > 0 ? null : splitSymbol(name);
    if (parts !== null) take(parts.symbol, parts.name, column);
  });
  const whole = [...series.values()].filter(({ roles }) => roles.close >= 0 || roles.adjusted >= 0);
  if (whole.length > 0) return whole.map(completed);
  return choice.shape !== 'wide'
    ? []
    : choice.columns.map((column) => ({
        symbol: header[column]!,
        roles: { open: -1, high: -1, low: -1, close: column, volume: -1, adjusted: -1 },
      }));
}

/** Some prices without the others are a line of closes. */
function completed({ symbol, roles }: WideSeries): WideSeries {
  const close = roles.close >= 0 ? roles.close : roles.adjusted;
  const bars = roles.open >= 0 && roles.high >= 0 && roles.low >= 0;
  return { symbol, roles: bars ? { ...roles, close } : { ...roles, open: -1, high: -1, low: -1, close } };
}

export function isWide(series: readonly WideSeries[], shape: Shape): boolean {
  return series.length > 1 || (series.length === 1 && shape === 'wide');
}
