import { expect, test } from 'vitest';
import { isPriceHeader, normaliseHeader, rolesByName, type Role } from '../../src/bars/roles.ts';

/** Roles in column order: "time open …", "." for a column that is left aside. */
function rolesOf(header: string): string {
  const cells = header.split(/[,\t;]/);
  const { roles } = rolesByName(cells);
  const named = Object.entries(roles) as [Role, number][];
  return cells.map((_, i) => named.find(([, at]) => at === i)?.[0] ?? '.').join(' ');
}

test.each([
  ['Yahoo', 'Date,Open,High,Low,Close,Adj Close,Volume', 'time open high low close . volume'],
  ['Yahoo web', 'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume', 'time open high low close . volume'],
  ['Stooq, Polish', 'Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen', 'time open high low close volume'],
  [
    'Stooq bulk',
    '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
    'symbol . time clock open high low close volume .',
  ],
  ['Alpha Vantage', 'timestamp,open,high,low,close,volume', 'time open high low close volume'],
  ['Alpha Vantage JSON names', 'date,1. open,2. high,3. low,4. close,5. volume', 'time open high low close volume'],
  ['Binance', 'open_time,open,high,low,close,volume,close_time,quote_volume,count', 'time open high low close volume . . .'],
  [
    'CryptoDataDownload',
    'unix,date,symbol,open,high,low,close,Volume BTC,Volume USD',
    'time . symbol open high low close volume .',
  ],
  ['TradingView', 'time,open,high,low,close,Volume,Volume MA', 'time open high low close volume .'],
  [
    'MetaTrader 5',
    '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
    'time clock open high low close volume . .',
  ],
  ['MetaTrader 4', 'Date,Time,Open,High,Low,Close,Volume', 'time clock open high low close volume'],
  ['Dukascopy', 'Gmt time,Open,High,Low,Close,Volume', 'time open high low close volume'],
  ['Nasdaq', 'Date,Close/Last,Volume,Open,High,Low', 'time close volume open high low'],
  ['Investing', '\ufeff"Date","Price","Open","High","Low","Vol.","Change %"', 'time close open high low volume .'],
  ['pandas', ',Open,High,Low,Close,Volume', 'time open high low close volume'],
  ['quantmod', 'Date,AAPL.Open,AAPL.High,AAPL.Low,AAPL.Close,AAPL.Volume,AAPL.Adjusted', 'time open high low close volume .'],
  [
    'Tiingo',
    'date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume',
    'time close high low open volume . . . . .',
  ],
  ['close only', 'Date,Close', 'time close'],
])('%s', (_vendor, header, roles) => {
  expect(rolesOf(header)).toBe(roles);
  expect(isPriceHeader(rolesByName(header.split(/[,\t;]/)).roles)).toBe(true);
});

test.each([
  'Price,Close,High,Low,Open,Volume',
  'Date,Open,High,Low',
  'Date,Open,Close',
  'TIMESTAMP,BID,ASK',
  'MSFT,IBM,Date',
  'Open,High,Low,Close',
  'Date,Adj Close',
  '__proto__,constructor',
])('%s is no price header', (header) => {
  expect(isPriceHeader(rolesByName(header.split(',')).roles)).toBe(false);
});

test('an adjusted close and a doubled name are told', () => {
  expect(rolesByName(['Date', 'Close', 'Adj Close']).adjusted).toBe('Adj Close');
  expect(rolesByName(['time', 'open', 'high', 'low', 'close', 'Close']).doubled).toBe('close');
  expect(normaliseHeader(' <CLOSE> ')).toBe('close');
});
