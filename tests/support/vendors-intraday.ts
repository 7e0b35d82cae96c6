import type { VendorLayout } from './vendor-layout.ts';
import { clock, compact, day, dayFirst, iso, lines, monthFirst, newest, ohlc, ohlcv } from './vendor-words.ts';

export const INTRADAY_LAYOUTS: readonly VendorLayout[] = [
  {
    name: 'stooq-bulk.txt',
    kind: 'fx',
    bars: 60,
    write: (b) =>
      lines(
        '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
        b,
        (x) => `EURXYZ,60,${compact(x.t)},${clock(x.t).replaceAll(':', '')},${ohlcv(x)},0`,
      ),
  },
  {
    name: 'finam.txt',
    kind: 'fx',
    bars: 60,
    write: (b) =>
      lines(
        '<TICKER>;<PER>;<DATE>;<TIME>;<OPEN>;<HIGH>;<LOW>;<CLOSE>;<VOL>',
        b,
        (x) => `EURXYZ;60;${compact(x.t)};${clock(x.t).replaceAll(':', '')};${ohlcv(x, ';')}`,
      ),
  },
  {
    name: 'polygon-flat.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      lines(
        'ticker,volume,open,close,high,low,window_start,transactions',
        b,
        (x) => `ACME,${x.v},${x.o},${x.c},${x.h},${x.l},${x.t}000000,5`,
      ),
  },
  {
    name: 'binance-spot.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) => lines(null, b, (x) => `${x.t}000,${ohlcv(x)},${x.t + 59_999}999,${x.v * 2}.5,100,${x.v / 2},${x.v},0`),
  },
  {
    name: 'binance-futures.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      lines(
        'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
        b,
        (x) => `${x.t},${ohlcv(x)},${x.t + 59_999},${x.v * 2}.5,100,${x.v / 2},${x.v},0`,
      ),
  },
  {
    name: 'cryptodatadownload.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      lines(
        'https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume ACME,Volume USD',
        newest(b),
        (x) => `${x.t},${day(x.t)} ${clock(x.t)},ACME/USD,${ohlcv(x)},${x.v * 3}`,
      ),
  },
  {
    name: 'tradingview.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) => lines('time,open,high,low,close,Volume,MA,MA,RSI', b, (x) => `${x.t / 1000},${ohlcv(x)},NaN,${x.c},50.1`),
  },
  {
    name: 'tradingview-iso.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) => lines('time,open,high,low,close,Volume', b, (x) => `${iso(x.t).slice(0, 19)}Z,${ohlcv(x)}`),
  },
  {
    name: 'metatrader5.csv',
    kind: 'fx',
    bars: 60,
    write: (b) =>
      lines(
        '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
        b,
        (x) => `${day(x.t).replaceAll('-', '.')}\t${clock(x.t)}\t${ohlcv(x, '\t')}\t0\t9`,
        '\r\n',
      ),
  },
  {
    name: 'metatrader4.csv',
    kind: 'fx',
    bars: 60,
    write: (b) => lines(null, b, (x) => `${day(x.t).replaceAll('-', '.')},${clock(x.t).slice(0, 5)},${ohlcv(x)}`, '\r\n'),
  },
  {
    name: 'dukascopy.csv',
    kind: 'fx',
    bars: 300,
    write: (b) => lines('Gmt time,Open,High,Low,Close,Volume', b, (x) => `${dayFirst(x.t, '.')} ${clock(x.t)}.000,${ohlcv(x)}`),
  },
  {
    name: 'histdata.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) => lines(null, b, (x) => `${compact(x.t)} ${clock(x.t).replaceAll(':', '')};${ohlcv(x, ';')}`),
  },
  {
    name: 'ninjatrader.txt',
    kind: 'crypto',
    bars: 60,
    write: (b) => lines(null, b, (x) => `${compact(x.t)} ${clock(x.t).replaceAll(':', '')};${ohlcv(x, ';')}`, '\r\n'),
  },
  {
    name: 'kibot.txt',
    kind: 'fx',
    bars: 40,
    answers: { date_order: 'mdy' },
    write: (b) => lines(null, b, (x) => `${monthFirst(x.t)},${clock(x.t).slice(0, 5)},${ohlcv(x)}`, '\r\n'),
  },
  {
    name: 'firstrate.txt',
    kind: 'crypto',
    bars: 60,
    write: (b) => lines(null, b, (x) => `${day(x.t)} ${clock(x.t)},${ohlcv(x)}`),
  },
  {
    name: 'quantquote.csv',
    kind: 'crypto',
    bars: 600,
    write: (b) => lines(null, b, (x) => `${compact(x.t)},${Number(clock(x.t).slice(0, 5).replace(':', ''))},${ohlcv(x)},1,0,0`),
  },
  {
    name: 'sierra-chart.txt',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      lines(
        'Date, Time, Open, High, Low, Last, Volume, NumberOfTrades, BidVolume, AskVolume',
        b,
        (x) => `${day(x.t).replaceAll('-', '/')}, ${clock(x.t)}, ${ohlcv(x).replaceAll(',', ', ')}, 5, 1, 2`,
      ),
  },
  {
    name: 'databento.csv',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      lines(
        'ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol',
        b,
        (x) => `${iso(x.t).slice(0, 19)}.000000000Z,33,1,5602,${ohlcv(x)},ESZ9`,
      ),
  },
  {
    name: 'pandas.csv',
    kind: 'fx',
    bars: 60,
    write: (b) => lines(',Open,High,Low,Close,Volume', b, (x) => `${day(x.t)} ${clock(x.t)},${ohlcv(x)}`),
  },
  {
    name: 'stooq-fx.csv',
    kind: 'fx',
    bars: 60,
    lacks: 'volume',
    write: (b) => lines('Date,Time,Open,High,Low,Close', b, (x) => `${day(x.t)},${clock(x.t)},${ohlc(x)}`),
  },
  {
    name: 'space-columns.txt',
    kind: 'fx',
    bars: 60,
    write: (b) =>
      lines(
        'Date       Time      Open     High     Low      Close    Volume',
        b,
        (x) => `${day(x.t)} ${clock(x.t)} ${[x.o, x.h, x.l, x.c].map((p) => p.toFixed(5).padStart(9)).join('')} ${x.v}`,
      ),
  },
  { name: 'kraken.csv', kind: 'crypto', bars: 60, write: (b) => lines(null, b, (x) => `${x.t / 1000},${ohlcv(x)},17`) },
];
