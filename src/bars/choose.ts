import { isNamed, rolesOfName } from './names.ts';
import { bestOf, countTurns } from './order.ts';
import { findPrices, isWithinBars, pricesByContent, pricesByName, type PriceChoice } from './prices.ts';
import type { Profile } from './profile.ts';
import { noRoles, type RoleMap } from './roles.ts';

/** What kind of rows a table has. */
export type Shape = 'bars' | 'line' | 'quotes' | 'wide';

/** Roles found for the columns of a table. */
export interface Choice {
  readonly shape: Shape;
  readonly roles: RoleMap;
  readonly serial: boolean; // the time column holds days of Excel
  readonly share: number; // of the rows whose prices are consistent; 1 where there is one price
  readonly notes: readonly string[]; // codes of warnings about the choice
  readonly columns: readonly number[]; // of a wide table, those that hold a market each
}

/** Looks for the roles of all columns: by content first, by name where content leaves a choice. null: no time column. */
export function chooseRoles(profiles: readonly Profile[], header: readonly string[] | null, rowCount: number): Choice | null {
  const names = profiles.map((_, column) => header?.[column] ?? '');
  const roles = noRoles();
  const time = timeColumn(profiles, names, header !== null);
  if (time === null) return null;
  roles.time = time.column;
  if (!time.serial) roles.clock = clockColumn(profiles, names, time.column, header !== null);
  const free = (column: number): boolean => column !== roles.time && column !== roles.clock;
  const numeric = (column: number): boolean =>
    free(column) &&
    profiles[column]!.numbers > 0 &&
    profiles[column]!.numbers >= (rolesOfName(names[column]!).length > 0 ? 0.5 : 0.8) * profiles[column]!.filled;
  const choice = choosePrices(profiles, names, header !== null, numeric, profiles[time.column]!.falling, rowCount);
  roles.symbol = symbolColumn(
    profiles,
    names,
    header !== null,
    (column) => free(column) && !choice.taken.includes(column),
    rowCount,
  );
  roles.adjusted = names.findIndex((name, column) => numeric(column) && isNamed(name, 'adjusted'));
  Object.assign(roles, choice.roles);
  return { shape: choice.shape, roles, serial: time.serial, share: choice.share, notes: choice.notes, columns: choice.columns };
}

interface TimeColumn {
  readonly column: number;
  readonly serial: boolean;
}

function timeColumn(profiles: readonly Profile[], names: readonly string[], named: boolean): TimeColumn | null {
  const candidates = profiles.filter((profile) => mayBeTime(profile, names[profile.column]!, named));
  const best = bestOf(candidates, (profile) => timeScore(profile, names[profile.column]!));
  if (best !== undefined) return { column: best.column, serial: false };
  const serial = profiles.find(
    ({ column, serial: days }) => days && (isNamed(names[column]!, 'time') || (column === 0 && (!named || names[0] === ''))),
  );
  return serial === undefined ? null : { column: serial.column, serial: true };
}

function mayBeTime({ column, filled, times, worded, ordered }: Profile, name: string, named: boolean): boolean {
  const called = rolesOfName(name);
  const byName = called.some(({ role }) => role === 'time');
  if (times === 0 || times < (byName ? 0.3 : 0.9) * filled) return false;
  if (byName || worded >= times / 2) return true;
  // A number that could be a date or a count: only where it is in order and no name says otherwise.
  if (ordered < 0.9 || (named && name !== '' && column > 0)) return false;
  return called.length === 0 || called[0]!.role === 'endTime';
}

function timeScore({ column, filled, times, clocked, counted, distinct }: Profile, name: string): number {
  const called = rolesOfName(name);
  const byName = called.find(({ role }) => role === 'time');
  let score = (byName === undefined ? 0 : 4 - byName.rank / 50) - column / 100;
  if (called.some(({ role }) => role === 'endTime')) score -= 6;
  if (counted > times / 2) score += 2;
  else if (clocked > times / 2) score += 1;
  return distinct <= 1 && filled > 1 ? score - 1.5 : score;
}

/** The column with the time of day beside a column with dates; −1 where there is none. */
function clockColumn(profiles: readonly Profile[], names: readonly string[], time: number, named: boolean): number {
  const date = profiles[time]!;
  if (date.clocked + date.counted > date.times / 20) return -1;
  const found = profiles.find(
    (profile) => profile.column !== time && hasClocks(profile, date) && isClockOf(profile, date, names[profile.column]!, named),
  );
  return found?.column ?? -1;
}

function hasClocks({ clocks, filled, numbers }: Profile, date: Profile): boolean {
  return clocks > 0 && clocks >= 0.95 * filled && filled >= 0.9 * date.filled && (numbers === 0 || numbers === filled);
}

function isClockOf(profile: Profile, date: Profile, name: string, named: boolean): boolean {
  const called = rolesOfName(name);
  const byName = called.some(({ role }) => role === 'clock');
  if (profile.clock === 'colons') return byName || called.length === 0;
  const beside = profile.column === date.column + 1 && (called.length === 0 || !named);
  if (!(byName || beside) || !isOrderedClock(date, profile)) return false;
  return byName || profile.clock === 'digits' || date.distinct < date.filled;
}

/** Within one date the clock moves in one direction only. */
function isOrderedClock(date: Profile, clock: Profile): boolean {
  if (date.distinct === date.filled) return clock.distinct <= 2 || clock.clock !== 'short';
  let days = 0;
  for (let i = 1; i < date.values.length; i++) if (date.values[i] !== date.values[i - 1]) days++;
  const { rises, falls } = countTurns(clock.values.length, (i) => clock.values[i]!);
  // Each new date turns the clock back once.
  if (!Number.isNaN(date.values[0]!)) return Math.min(rises, falls) <= days + 1;
  return Math.min(rises, falls) <= 0.1 * (rises + falls) + 1;
}

interface Prices {
  readonly shape: Shape;
  readonly roles: Partial<RoleMap>;
  readonly share: number;
  readonly notes: readonly string[];
  readonly columns: readonly number[];
  readonly taken: readonly number[];
}

function choosePrices(
  profiles: readonly Profile[],
  names: readonly string[],
  named: boolean,
  numeric: (column: number) => boolean,
  descending: boolean,
  rowCount: number,
): Prices {
  const known = pricesByName(names, profiles, numeric);
  const volume = volumeByName(profiles, names, numeric);
  if (known !== null && known.share >= 0.5) return bars(known, volume, profiles, names, numeric, []);
  if (known !== null) {
    const { open, high, low, close } = known;
    const other = pricesByContent(
      [open, high, low, close].sort((a, b) => a - b),
      profiles,
      descending,
    );
    return other === null
      ? bars(known, volume, profiles, names, numeric, [])
      : bars(other, volume, profiles, names, numeric, ['names_contradict']);
  }
  const unknown = profiles
    .map(({ column }) => column)
    .filter((column) => numeric(column) && rolesOfName(names[column]!).every(({ role }) => FIELD.has(role)));
  const found = rowCount >= 2 || !named ? findPrices(unknown, profiles, descending) : null;
  if (found !== null) return bars(found, volume, profiles, names, numeric, found.sure ? [] : ['open_close_assumed']);
  return named ? withoutBars(profiles, names, numeric, volume) : unnamedNumbers(profiles, numeric);
}

/** Roles that a name may have in a group of four prices that is found by content. */
const FIELD: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close', 'time', 'clock']);

function bars(
  { open, high, low, close, share }: PriceChoice,
  volume: number,
  profiles: readonly Profile[],
  names: readonly string[],
  numeric: (column: number) => boolean,
  notes: readonly string[],
): Prices {
  const prices = { open, high, low, close };
  const taken = [open, high, low, close];
  const right = Math.max(...taken);
  const behind = profiles.find(
    ({ column, values }) =>
      column > right &&
      numeric(column) &&
      names[column] === '' &&
      values.every((value) => !(value < 0)) &&
      !isWithinBars(column, prices, profiles),
  );
  return {
    shape: 'bars',
    roles: { ...prices, volume: volume >= 0 && !taken.includes(volume) ? volume : (behind?.column ?? -1) },
    share,
    notes,
    columns: [],
    taken,
  };
}

function volumeByName(profiles: readonly Profile[], names: readonly string[], numeric: (column: number) => boolean): number {
  let best = -1;
  let rank = Infinity;
  names.forEach((name, column) => {
    const entry = rolesOfName(name).find(({ role }) => role === 'volume');
    const { volumes, filled } = profiles[column]!;
    if (entry === undefined || entry.rank >= rank) return;
    if (!numeric(column) && !(volumes > 0 && volumes >= 0.8 * filled) && filled > 0) return;
    best = column;
    rank = entry.rank;
  });
  return best;
}

/** A table with names and no four prices: a close, quotes, or a market per column. */
function withoutBars(
  profiles: readonly Profile[],
  names: readonly string[],
  numeric: (column: number) => boolean,
  volume: number,
): Prices {
  const called = (role: 'close' | 'bid' | 'ask' | 'open' | 'high' | 'low' | 'adjusted'): number => {
    let best = -1;
    let rank = Infinity;
    names.forEach((name, column) => {
      const entry = rolesOfName(name).find((one) => one.role === role);
      if (entry === undefined || !numeric(column) || entry.rank >= rank) return;
      best = column;
      rank = entry.rank;
    });
    return best;
  };
  const result = (shape: Shape, close: number, columns: readonly number[] = []): Prices => ({
    shape,
    roles: { close, volume: shape === 'wide' || volume === close ? -1 : volume },
    share: 1,
    notes: [],
    columns,
    taken: [close],
  });
  const some = [called('open'), called('high'), called('low')].filter((column) => column >= 0).length;
  const close = called('close');
  const bid = called('bid');
  if (bid >= 0 && called('ask') >= 0) return result('quotes', bid);
  if (close >= 0 && (some === 0 || some === 3)) return result('line', close);
  const unknown = profiles.some((profile) => isSpoilt(profile, names[profile.column]!, numeric))
    ? []
    : profiles
        .map(({ column }) => column)
        .filter((column) => numeric(column) && rolesOfName(names[column]!).length === 0 && names[column] !== '');
  if (some === 0 && unknown.length > 1) return result('wide', unknown[0]!, unknown);
  if (some === 0 && unknown.length === 1) return result('line', unknown[0]!);
  if (some === 0 && called('adjusted') >= 0) return result('line', called('adjusted'));
  return { shape: 'bars', roles: {}, share: 0, notes: [], columns: [], taken: [] };
}

/** Whether a column has the name of a price and words in it: then no other column stands in for it. */
function isSpoilt({ column, texts }: Profile, name: string, numeric: (column: number) => boolean): boolean {
  return texts > 0 && !numeric(column) && isNamed(name, 'close');
}

/** A table without names and without four prices: a price, a price and an amount, or bid and ask. */
function unnamedNumbers(profiles: readonly Profile[], numeric: (column: number) => boolean): Prices {
  const columns = profiles.map(({ column }) => column).filter(numeric);
  const none: Prices = { shape: 'bars', roles: {}, share: 0, notes: [], columns: [], taken: [] };
  const [first, second, third] = columns;
  if (first === undefined || columns.length > 3) return none;
  if (second === undefined) return { ...none, shape: 'line', roles: { close: first }, share: 1, taken: [first] };
  if (isSpread(profiles[first]!.values, profiles[second]!.values)) {
    return { ...none, shape: 'quotes', roles: { close: first, volume: third ?? -1 }, share: 1, taken: [first, second] };
  }
  if (third !== undefined) return none;
  return { ...none, shape: 'line', roles: { close: first, volume: second }, share: 1, taken: [first, second] };
}

/** Bid and ask: the second price is not below the first one, and near to it. */
function isSpread(bid: Float64Array, ask: Float64Array): boolean {
  let good = 0;
  let rows = 0;
  for (let i = 0; i < bid.length; i++) {
    if (Number.isNaN(bid[i]! + ask[i]!)) continue;
    rows++;
    if (ask[i]! >= bid[i]! && ask[i]! <= bid[i]! * 1.05) good++;
  }
  return rows > 0 && good > 0.98 * rows;
}

function symbolColumn(
  profiles: readonly Profile[],
  names: readonly string[],
  named: boolean,
  usable: (column: number) => boolean,
  rowCount: number,
): number {
  const rankOf = (column: number): number | undefined =>
    rolesOfName(names[column]!).find(({ role }) => role === 'symbol')?.rank;
  const candidates = profiles.filter(
    (profile) => usable(profile.column) && isLabel(profile, rankOf(profile.column) !== undefined, rowCount),
  );
  const best = bestOf(
    candidates.filter(({ column }) => rankOf(column) !== undefined),
    ({ column }) => -rankOf(column)!,
  );
  return best?.column ?? (named ? -1 : (candidates[0]?.column ?? -1));
}

/** Words that repeat, or numbers that a name calls a symbol. */
function isLabel({ filled, texts, numbers, times, distinct }: Profile, byName: boolean, rowCount: number): boolean {
  if (filled === 0 || filled < 0.9 * rowCount) return false;
  const worded = texts > 0.5 * filled || (byName && numbers === filled && times === 0);
  return worded && (distinct <= 1 || distinct <= filled / 2 || filled <= 4);
}
