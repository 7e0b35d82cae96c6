/** What a column of a price file can be. */
export type Role = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'clock' | 'symbol';

/**
 * Header names of the known vendors, normalised by `normaliseHeader`. Within a role the earlier name wins where a file has
 * several: a column of epoch numbers says more than a date beside it, and an adjusted close is never the close.
 */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  time: [
    'unix',
    'unix timestamp',
    'timestamp',
    'open time',
    'opentime',
    'window start',
    'ts event',
    'datetime',
    'date time',
    'date/time',
    'gmt time',
    'utc time',
    'local time',
    'date',
    'time',
    'dtyyyymmdd',
    'data',
    'day',
    'index',
  ],
  open: ['open', 'open price', 'o', 'otwarcie'],
  high: ['high', 'high price', 'h', 'max', 'najwyzszy'],
  low: ['low', 'low price', 'l', 'min', 'najnizszy'],
  close: ['close', 'close price', 'close/last', 'closing price', 'last', 'c', 'zamkniecie', 'price', 'value'],
  volume: ['volume', 'tickvol', 'tick volume', 'vol', 'vol.', 'v', 'wolumen', 'base volume'],
  clock: ['time', 'hour'],
  symbol: ['symbol', 'ticker', 'stock', 'code', 'instrument', 'name'],
};

/** Names of prices that are not the traded ones of a bar; where a file has them, the report says which were used. */
const ADJUSTED = ['adj close', 'adj. close', 'adjclose', 'adjusted close', 'adjusted', 'adj close**', 'adjusted closing price'];

/** Lower case, without byte order mark, quotes, angle brackets, numbering ("1. open") and repeated blanks. */
export function normaliseHeader(cell: string): string {
  return cell
    .replace(/[\ufeff"'<>]/g, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase()
    .replace(/^\d+[.)] ?/, '')
    .replace(/ ?\*+$/, '');
}

/** Column index per role; −1 where the file has none. */
export type RoleMap = Readonly<Record<Role, number>>;

export interface HeaderReading {
  readonly roles: RoleMap;
  readonly doubled: string; // a price name that stands twice, '' where none does
  readonly adjusted: string; // the header of an adjusted price, '' where there is none
}

const PREFIXED = /^([\w^=-]+)\.(open|high|low|close|volume|adjusted)$/;

/** R's quantmod writes the symbol before each name ("AAPL.Open"); with one symbol the names are what stands behind. */
function withoutSymbol(names: readonly string[]): string[] {
  const symbols = new Set(names.map((name) => PREFIXED.exec(name)?.[1] ?? ''));
  symbols.delete('');
  return symbols.size === 1 ? names.map((name) => PREFIXED.exec(name)?.[2] ?? name) : [...names];
}

/** Which column has which role by its name alone. A role that no name claims gets −1. */
export function rolesByName(cells: readonly string[]): HeaderReading {
  const names = withoutSymbol(cells.map(normaliseHeader));
  const find = (role: Role): number => {
    for (const name of NAMES[role]) {
      const at = names.indexOf(name);
      if (at >= 0) return at;
    }
    return -1;
  };
  const roles: Record<Role, number> = {
    time: find('time'),
    open: find('open'),
    high: find('high'),
    low: find('low'),
    close: find('close'),
    volume: find('volume'),
    clock: find('clock'),
    symbol: find('symbol'),
  };
  // CryptoDataDownload names volumes by currency ("Volume BTC", "Volume USDT"): the first one is in units of the market.
  if (roles.volume < 0) roles.volume = names.findIndex((name) => /^volume \(?[a-z0-9]{2,6}\)?$/.test(name));
  // pandas writes the index without a name in front of the prices.
  if (roles.time < 0 && names[0] === '' && roles.open > 0) roles.time = 0;
  // A clock stands beside a date; where the time column is the clock itself, or already has both, there is none.
  const timeName = roles.time < 0 ? '' : names[roles.time]!;
  if (roles.clock === roles.time || !['date', 'dtyyyymmdd', 'data', 'day'].includes(timeName)) roles.clock = -1;

  const doubled = (['open', 'high', 'low', 'close'] as const).find(
    (role) => roles[role] >= 0 && names.indexOf(names[roles[role]]!, roles[role] + 1) >= 0,
  );
  const adjustedAt = names.findIndex((name) => ADJUSTED.includes(name));
  return {
    roles,
    doubled: doubled === undefined ? '' : names[roles[doubled]]!,
    adjusted: adjustedAt < 0 ? '' : cells[adjustedAt]!.trim(),
  };
}

/** Whether the names make a table of prices: a time, and all four prices or a close alone. */
export function isPriceHeader(roles: RoleMap): boolean {
  if (roles.time < 0 || roles.close < 0 || roles.time === roles.close) return false;
  const others = [roles.open, roles.high, roles.low].filter((column) => column >= 0).length;
  return others === 3 || others === 0;
}

/** The clock of Dukascopy's exports stands after days written day first; its header names exist nowhere else. */
export function headerProvesDayFirst(header: string): boolean {
  const name = normaliseHeader(header);
  return name === 'gmt time' || name === 'local time';
}
