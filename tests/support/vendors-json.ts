import type { VendorLayout } from './vendor-layout.ts';
import { clock, day, iso, newest } from './vendor-words.ts';

export const JSON_LAYOUTS: readonly VendorLayout[] = [
  {
    name: 'alpha-vantage.json',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      JSON.stringify(
        {
          'Meta Data': { '1. Information': 'Daily Prices', '2. Symbol': 'ACME' },
          'Time Series (Daily)': Object.fromEntries(
            newest(b).map((x) => [
              day(x.t),
              {
                '1. open': String(x.o),
                '2. high': String(x.h),
                '3. low': String(x.l),
                '4. close': String(x.c),
                '5. volume': String(x.v),
              },
            ]),
          ),
        },
        null,
        1,
      ),
  },
  {
    name: 'tiingo.json',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      JSON.stringify(
        b.map((x) => ({
          date: iso(x.t),
          close: x.c,
          high: x.h,
          low: x.l,
          open: x.o,
          volume: x.v,
          adjClose: x.c / 4,
          divCash: 0,
        })),
      ),
  },
  {
    name: 'polygon.json',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      JSON.stringify({
        ticker: 'X:ACMEUSD',
        status: 'OK',
        results: b.map((x) => ({ v: x.v, vw: (x.h + x.l) / 2, o: x.o, c: x.c, h: x.h, l: x.l, t: x.t, n: 12 })),
      }),
  },
  {
    name: 'twelve-data.json',
    kind: 'fx',
    bars: 60,
    write: (b) =>
      JSON.stringify({
        meta: { symbol: 'EUR/XYZ', interval: '1h' },
        values: newest(b).map((x) => ({
          datetime: `${day(x.t)} ${clock(x.t)}`,
          open: String(x.o),
          high: String(x.h),
          low: String(x.l),
          close: String(x.c),
          volume: String(x.v),
        })),
        status: 'ok',
      }),
  },
  {
    name: 'finnhub.json',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      JSON.stringify({
        c: b.map((x) => x.c),
        h: b.map((x) => x.h),
        l: b.map((x) => x.l),
        o: b.map((x) => x.o),
        s: 'ok',
        t: b.map((x) => x.t / 1000),
        v: b.map((x) => x.v),
      }),
  },
  {
    name: 'oanda.json',
    kind: 'fx',
    bars: 60,
    write: (b) =>
      JSON.stringify({
        instrument: 'EUR_XYZ',
        granularity: 'H1',
        candles: b.map((x) => ({
          complete: true,
          volume: x.v,
          time: `${iso(x.t).slice(0, 19)}.000000000Z`,
          mid: { o: String(x.o), h: String(x.h), l: String(x.l), c: String(x.c) },
        })),
      }),
  },
  {
    name: 'binance.json',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      JSON.stringify(
        b.map((x) => [
          x.t,
          String(x.o),
          String(x.h),
          String(x.l),
          String(x.c),
          String(x.v),
          x.t + 59_999,
          '1',
          3,
          '1',
          '1',
          '0',
        ]),
      ),
  },
  {
    name: 'coinbase.json',
    kind: 'crypto',
    bars: 60,
    write: (b) => JSON.stringify(newest(b).map((x) => [x.t / 1000, x.l, x.h, x.o, x.c, x.v])),
  },
  {
    name: 'kraken.json',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      JSON.stringify({
        error: [],
        result: {
          XACMEZUSD: b.map((x) => [
            x.t / 1000,
            String(x.o),
            String(x.h),
            String(x.l),
            String(x.c),
            String((x.h + x.l) / 2),
            String(x.v),
            9,
          ]),
          last: 1,
        },
      }),
  },
  {
    name: 'bitfinex.json',
    kind: 'crypto',
    bars: 60,
    write: (b) => JSON.stringify(newest(b).map((x) => [x.t, x.o, x.c, x.h, x.l, x.v])),
  },
  {
    name: 'bitstamp.json',
    kind: 'crypto',
    bars: 60,
    write: (b) =>
      JSON.stringify({
        data: {
          ohlc: b.map((x) => ({
            close: String(x.c),
            high: String(x.h),
            low: String(x.l),
            open: String(x.o),
            timestamp: String(x.t / 1000),
            volume: String(x.v),
          })),
          pair: 'ACME/USD',
        },
      }),
  },
  {
    name: 'freqtrade.json',
    kind: 'crypto',
    bars: 60,
    write: (b) => JSON.stringify(b.map((x) => [x.t, x.o, x.h, x.l, x.c, x.v])),
  },
  {
    name: 'pandas.json',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      JSON.stringify(
        Object.fromEntries(
          (['date', 'open', 'high', 'low', 'close', 'volume'] as const).map((name) => [
            name,
            Object.fromEntries(
              b.map((x, i) => [i, { date: x.t, open: x.o, high: x.h, low: x.l, close: x.c, volume: x.v }[name]]),
            ),
          ]),
        ),
      ),
  },
];
