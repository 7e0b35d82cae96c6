/** What a column of a price file can be. */
export type Role = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'clock' | 'symbol' | 'adjusted';

export const ROLES: readonly Role[] = ['time', 'clock', 'open', 'high', 'low', 'close', 'volume', 'symbol', 'adjusted'];

/** Column index per role; −1 where the file has none. */
export type RoleMap = Record<Role, number>;

export function noRoles(): RoleMap {
  return { time: -1, clock: -1, open: -1, high: -1, low: -1, close: -1, volume: -1, symbol: -1, adjusted: -1 };
}
