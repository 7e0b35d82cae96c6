import type { VendorLayout } from './vendor-layout.ts';
import {
  compact,
  day,
  dayFirst,
  german,
  grouped,
  iso,
  lines,
  millions,
  monthFirst,
  monthName,
  newest,
  ohlc,
  ohlcv,
  parts,
} from './vendor-words.ts';

export const STOCK_LAYOUTS: readonly VendorLayout[] = [
  {
    name: 'yahoo.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines('Date,Open,High,Low,Close,Adj Close,Volume', b, (x) => `${day(x.t)},${ohlc(x)},${(x.c * 0.9).toFixed(6)},${x.v}`),
  },
  {
    name: 'yahoo-old.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines('Date,Open,High,Low,Close,Volume,Adj Close', newest(b), (x) => `${day(x.t)},${ohlcv(x)},${(x.c * 0.8).toFixed(2)}`),
  },
  {
    name: 'yfinance-stack.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines('Price,Close,High,Low,Open,Volume\nTicker,ACME,ACME,ACME,ACME,ACME\nDate,,,,,', b, (x) =>
        [day(x.t), x.c, x.h, x.l, x.o, x.v].join(),
      ),
  },
  {
    name: 'yfinance-offset.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'Date,Open,High,Low,Close,Volume,Dividends,Stock Splits',
        b,
        (x) => `${day(x.t)} 00:00:00+00:00,${ohlcv(x)},0.0,0.0`,
      ),
  },
  {
    name: 'yahoo-page.tsv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume',
        newest(b),
        (x, i) =>
          `${monthName(x.t)} ${Number(parts(x.t)[2])}, ${parts(x.t)[0]}\t${ohlc(x, '\t')}\t${x.c}\t${grouped(x.v, 0)}${i === 9 ? `\n${monthName(x.t)} ${Number(parts(x.t)[2])}, ${parts(x.t)[0]}\t0.24 Dividend` : ''}`,
      ),
  },
  {
    name: 'stooq.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('Date,Open,High,Low,Close,Volume', b, (x) => `${day(x.t)},${ohlcv(x)}`, '\r\n'),
  },
  {
    name: 'stooq-pl.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen', b, (x) => `${day(x.t)},${ohlcv(x)}`),
  },
  {
    name: 'nasdaq.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'Date,Close/Last,Volume,Open,High,Low',
        newest(b),
        (x) => `${monthFirst(x.t)},$${x.c},${x.v},$${x.o},$${x.h},$${x.l}`,
      ),
  },
  {
    name: 'investing.csv',
    kind: 'equity',
    bars: 40,
    scale: 100,
    shortVolume: true,
    write: (b) =>
      `\ufeff${lines('"Date","Price","Open","High","Low","Vol.","Change %"', newest(b), (x) => `"${monthName(x.t)} ${parts(x.t)[2]}, ${parts(x.t)[0]}","${grouped(x.c)}","${grouped(x.o)}","${grouped(x.h)}","${grouped(x.l)}","${millions(x.v)}M","0.12%"`, '\r\n')}`,
  },
  {
    name: 'investing-de.csv',
    kind: 'equity',
    bars: 40,
    scale: 100,
    shortVolume: true,
    write: (b) =>
      `\ufeff${lines('"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"', newest(b), (x) => `"${dayFirst(x.t, '.')}","${german(x.c)}","${german(x.o)}","${german(x.h)}","${german(x.l)}","${millions(x.v).replace('.', ',')}M","0,12%"`)}`,
  },
  {
    name: 'alpha-vantage.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('timestamp,open,high,low,close,volume', newest(b), (x) => `${day(x.t)},${ohlcv(x)}`, '\r\n'),
  },
  {
    name: 'tiingo.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines('date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor', b, (x) =>
        [day(x.t), x.c, x.h, x.l, x.o, x.v, x.c / 4, x.h / 4, x.l / 4, x.o / 4, x.v * 4, 0, 1].join(),
      ),
  },
  {
    name: 'quandl.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'Date,Open,High,Low,Last,Close,Total Trade Quantity,Turnover (Lacs)',
        newest(b),
        (x) => `${day(x.t)},${x.o},${x.h},${x.l},${(x.c + x.o) / 2},${x.c},${x.v},${x.v * 2}`,
      ),
  },
  {
    name: 'eodhd.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('Date,Open,High,Low,Close,Adjusted_close,Volume', b, (x) => `${day(x.t)},${ohlc(x)},${x.c / 2},${x.v}`),
  },
  {
    name: 'amibroker.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('Ticker,Date/Time,Open,High,Low,Close,Volume', b, (x) => `ACME,${day(x.t)},${ohlcv(x)}`),
  },
  {
    name: 'google.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'Date,Open,High,Low,Close,Volume',
        newest(b),
        (x) => `${Number(parts(x.t)[2])}-${monthName(x.t)}-${parts(x.t)[0].slice(2)},${ohlcv(x)}`,
      ),
  },
  {
    name: 'quantmod.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        '"","ACME.Open","ACME.High","ACME.Low","ACME.Close","ACME.Volume","ACME.Adjusted"',
        b,
        (x) => `"${day(x.t)}",${ohlcv(x)},${x.c}`,
      ),
  },
  {
    name: 'excel-de.tsv',
    kind: 'equity',
    bars: 40,
    scale: 100,
    write: (b) =>
      lines(
        'Datum\tEröffnung\tHoch\tTief\tSchluss\tVolumen',
        b,
        (x) => `${dayFirst(x.t, '.')}\t${[x.o, x.h, x.l, x.c].map((p) => german(p)).join('\t')}\t${german(x.v, 0)}`,
      ),
  },
  {
    name: 'excel-fr.csv',
    kind: 'equity',
    bars: 40,
    scale: 100,
    write: (b) =>
      lines(
        'Date;Ouverture;Plus haut;Plus bas;Clôture;Volume',
        b,
        (x) => `${dayFirst(x.t, '/')};${[x.o, x.h, x.l, x.c].map((p) => german(p).replaceAll('.', '\u00a0')).join(';')};${x.v}`,
      ),
  },
  {
    name: 'excel-serial.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('sep=;\nDate;Open;High;Low;Close;Volume', b, (x) => `${x.t / 86_400_000 + 25_569};${ohlcv(x, ';')}`),
  },
  {
    name: 'nse.csv',
    kind: 'equity',
    bars: 40,
    scale: 100,
    write: (b) =>
      lines(
        '"Date ","series ","OPEN ","HIGH ","LOW ","PREV. CLOSE ","ltp ","close ","vwap ","VOLUME "',
        newest(b),
        (x) =>
          `"${parts(x.t)[2]}-${monthName(x.t)}-${parts(x.t)[0]}","EQ","${grouped(x.o)}","${grouped(x.h)}","${grouped(x.l)}","${grouped(x.o)}","${grouped(x.c)}","${grouped(x.c)}","${grouped((x.h + x.l) / 2)}","${grouped(x.v, 0)}"`,
      ),
  },
  {
    name: 'tushare.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'ts_code,trade_date,open,high,low,close,pre_close,change,pct_chg,vol,amount',
        newest(b),
        (x) => `600000.SH,${compact(x.t)},${ohlc(x)},${x.o},0.1,0.2,${x.v},${x.v * 9}`,
      ),
  },
  {
    name: 'akshare.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        '日期,开盘,收盘,最高,最低,成交量,成交额,振幅',
        b,
        (x) => `${day(x.t)},${x.o},${x.c},${x.h},${x.l},${x.v},${x.v * 9},1.2`,
      ),
  },
  {
    name: 'japan.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        '日付,始値,高値,安値,終値,出来高',
        b,
        (x) => `${Number(parts(x.t)[0])}年${Number(parts(x.t)[1])}月${Number(parts(x.t)[2])}日,${ohlcv(x)}`,
      ),
  },
  {
    name: 'coingecko.csv',
    kind: 'equity',
    bars: 40,
    write: (b) => lines('snapped_at,open,high,low,close,total_volume', b, (x) => `${day(x.t)} 00:00:00 UTC,${ohlcv(x)}`),
  },
  {
    name: 'coinmarketcap.csv',
    kind: 'equity',
    bars: 40,
    write: (b) =>
      lines(
        'timeOpen;timeClose;timeHigh;timeLow;name;open;high;low;close;volume;marketCap;timestamp',
        newest(b),
        (x) =>
          `"${iso(x.t)}";"${iso(x.t + 86_399_999)}";"${iso(x.t + 3_600_000)}";"${iso(x.t + 7_200_000)}";"2781";${ohlcv(x, ';')};99;"${iso(x.t + 86_399_999)}"`,
      ),
  },
];
