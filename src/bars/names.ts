import { plainLetters } from './months.ts';

/** What a column's name says that it holds. `other` is a name known to be none of the rest. */
export type NamedRole =
  | 'time'
  | 'clock'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'volume'
  | 'symbol'
  | 'adjusted'
  | 'adjustedOther'
  | 'bid'
  | 'ask'
  | 'endTime'
  | 'other';

/** Names by role in the languages of common vendors, normalised; an earlier name of a role wins over a later one. */
const NAMES: readonly (readonly [NamedRole, string])[] = [
  [
    'time',
    'unix|unix timestamp|unix time|timestamp|time stamp|open time|time open|start time|window start|ts event|datetime|date time|time open|bar time|candle time|start at',
  ],
  [
    'time',
    'date/time|date & time|gmt time|utc time|local time|utc|epoch|candle begin time|begin|date|time|dtyyyymmdd|yyyymmdd|day|index',
  ],
  [
    'time',
    'trade date|tradedate|trade time|trading date|trading day|snapped at|effective date|business date|quote date|ts|t|dt|period|as of date',
  ],
  [
    'time',
    'datum|datum/uhrzeit|zeitpunkt|fecha|data|dia|dzien|data zapytania|tarih|дата|время|日期|时间|交易日期|日付|日時|날짜|일자|시간|ngay|tanggal|paivays|dato|paiva|datum tid|วันที่|תאריך|التاريخ',
  ],
  ['clock', 'time|hour|clock|hhmmss|hhmm|uhrzeit|zeit|hora|heure|czas|ora|tijd|tid|saat|время|时间|時刻|시간'],
  [
    'open',
    'open|open price|opening price|o|first|openprice|mid o|mid open|open bid|bid open|bid o|price open|px open|opn|day open',
  ],
  [
    'open',
    'eroffnung|eroffnungskurs|eroffnungspreis|erster|ouverture|ouv|apertura|abertura|primo|otwarcie|opening|oppning|oppningskurs|acilis|открытие|откр|开盘|开盘价|開盤價|始値|시가|ochtend|avaus|otevreni|nyito',
  ],
  ['high', 'high|high price|highest|h|max|mid h|mid high|high bid|bid high|bid h|price high|px high|hi|day high|daily high'],
  [
    'high',
    'hoch|hochst|hochstkurs|tageshoch|plus haut|haut|maximo|max.|massimo|maxima|maximum|najwyzszy|maks|hoog|hogst|hogstkurs|hoogste|yuksek|максимум|макс|макс.|最高|最高价|最高價|高値|고가|ylin|nejvyssi',
  ],
  ['low', 'low|low price|lowest|l|min|mid l|mid low|low bid|bid low|bid l|price low|px low|lo|day low|daily low'],
  [
    'low',
    'tief|tiefst|tiefstkurs|tagestief|plus bas|bas|minimo|min.|minima|minimum|najnizszy|laag|lagst|lagstkurs|laagste|dusuk|минимум|мин|мин.|最低|最低价|最低價|安値|저가|alin|nejnizsi',
  ],
  [
    'close',
    'close|close price|closing price|closing|close/last|closeprice|mid c|mid close|close bid|bid close|bid c|price close|px close|px last|cls|c',
  ],
  [
    'close',
    'schluss|schlusskurs|schlusspreis|letzter|zuletzt|cloture|dernier|cierre|ultimo|chiusura|fechamento|zamkniecie|kurs|slot|sluiting|slut|slutkurs|senast|kapanis|simdi|закрытие|закр|цена|收盘|收盘价|收盤價|終値|종가|paatos|zavreni',
  ],
  ['close', 'last|last price|settle|settlement|settlement price|price|value|rate|nav|mid|ltp|trade price|market price'],
  [
    'volume',
    'volume|tickvol|tick volume|vol|v|base volume|total volume|total traded quantity|traded quantity|total trade quantity|shares traded|no of shares|volume traded|qty|quantity|volumefrom|volume from|amount|size|volumeto|px volume|ttl trd qnty|base asset volume',
  ],
  [
    'volume',
    'volumen|stuck|stuckzahl|quantita|wolumen|hacim|omsattning|объем|объём|成交量|出来高|거래량|volyymi|objem|volym|umsatz|qte|titres|khoi luong',
  ],
  [
    'symbol',
    'symbol|ticker|tickers|stock|code|instrument|pair|asset|security|tic|sym|ts code|stock code|stocksymbol|product|product id|act symbol|secid|contract|name|coin|currency pair|market|isin|kod|tckr|股票代码|代码|名称|銘柄|종목|act_symbol|crypto|stock name|stock symbol|company|base|underlying|key',
  ],
  [
    'adjusted',
    'adj close|adj. close|adjclose|adjusted close|adjusted|adj close price|adjusted closing price|close adj|closeadj|uadjclose|adj|adjusted price|后复权价|複權收盤|調整後終値|bereinigter schlusskurs|adjusted_close',
  ],
  [
    'adjustedOther',
    'adj open|adj. open|adjopen|adj high|adj. high|adjhigh|adj low|adj. low|adjlow|adj volume|adj. volume|adjvolume|adjusted open|adjusted high|adjusted low|adjusted volume',
  ],
  ['bid', 'bid|bid price|bidprice|best bid'],
  ['ask', 'ask|ask price|askprice|offer|best ask'],
  [
    'endTime',
    'close time|time close|end time|time high|time low|last updated|retrieved|kline close time|expiry|expiration|expiration date',
  ],
  [
    'other',
    'prev close|prev. close|previous close|prevclose|pre close|preclose|change|change %|chg|pct chg|pctchg|percent change|vwap|vw|wap|average|average price|avg price|weighted price|52w h|52w l',
  ],
  [
    'other',
    'spread|open int|openint|open interest|openinterest|oi|trades|count|tradecount|transactions|n|no of trades|no. of trades|number of trades|tick count|ticks|turnover|value traded|market cap|marketcap|dividends|dividend|div cash|divcash|ex dividend|stock splits|split ratio|split factor|split coefficient|dividend amount|capital gains',
  ],
  [
    'other',
    'rtype|publisher id|instrument id|per|series|interval|timeframe|tf|no|sno|s.no|id|rank|unnamed: 0|row|real volume|realvol|quote volume|quote asset volume|taker buy volume|taker buy quote volume|taker buy base asset volume|taker buy quote asset volume|ignore|ltp qty|deliverable volume|% deliverble|涨跌额|涨跌幅|振幅|换手率|成交额|昨收|前日比',
  ],
];

const BY_NAME = makeIndex();

function makeIndex(): ReadonlyMap<string, readonly { role: NamedRole; rank: number }[]> {
  const index = new Map<string, { role: NamedRole; rank: number }[]>();
  const ranks = new Map<NamedRole, number>();
  for (const [role, names] of NAMES) {
    for (const name of names.split('|')) {
      const key = plainLetters(name);
      const rank = (ranks.get(role) ?? 0) + 1;
      ranks.set(role, rank);
      for (const spelling of new Set([key, key.replaceAll(' ', '')])) {
        const known = index.get(spelling) ?? [];
        if (!known.some((entry) => entry.role === role)) known.push({ role, rank });
        index.set(spelling, known);
      }
    }
  }
  return index;
}

/** Lower case, without marks of vendors: byte order mark, quotes, angle brackets, numbering ("1. open"), units in brackets. */
export function normaliseHeader(cell: string): string {
  const spaced = cell
    .slice(0, 80)
    .replace(/[\ufeff"'<>`]/g, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return plainLetters(spaced)
    .replace(/^\d+[a-z]?[.)] ?/, '')
    .replace(/ ?\*+$/, '')
    .replace(/ ?[([](?:[$€£¥₹%]|[a-z]{2,5}|[$€£¥₹] ?[a-z]*|gmt|utc|gmt[+-]\d+|\w+ ?\/ ?\w+)[)\]]$/, '')
    .replace(/[:.]$/, '')
    .trim();
}

/** What a header cell can mean, best known first; empty where the name is not known. */
export function rolesOfName(cell: string): readonly { role: NamedRole; rank: number }[] {
  const name = normaliseHeader(cell);
  const known = BY_NAME.get(name) ?? BY_NAME.get(name.replaceAll(' ', '')) ?? BY_NAME.get(`${name}.`);
  if (known !== undefined) return known;
  // CryptoDataDownload and others name volumes by what they count: "Volume BTC", "volume usd".
  if (/^volume [a-z0-9]{2,6}$/.test(name)) return [{ role: 'volume', rank: 50 }];
  return [];
}

/** Whether a name means this role. */
export function isNamed(cell: string, role: NamedRole): boolean {
  return rolesOfName(cell).some((entry) => entry.role === role);
}

export interface Affixed {
  readonly symbol: string;
  readonly name: string; // what is left of the header
}

const PARTS = /^([\w^=&/-]{1,24}?)[._ |:-](.{1,30})$/;
const PARTS_BEHIND = /^(.{1,30})[._ |:-]([\w^=&/-]{1,24})$/;
const FIELDS: readonly NamedRole[] = ['open', 'high', 'low', 'close', 'volume', 'adjusted'];

/** "AAPL.Open" and "Open_AAPL" taken apart into symbol and name; null where a header is not of that kind. */
export function splitSymbol(cell: string): Affixed | null {
  const text = cell
    .trim()
    .replace(/^[("']+|[)"']+$/g, '')
    .replace(/'?, ?'?/, '.');
  if (rolesOfName(text).length > 0) return null;
  for (const [pattern, symbolAt] of [
    [PARTS, 1],
    [PARTS_BEHIND, 2],
  ] as const) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const name = match[3 - symbolAt]!;
    const symbol = match[symbolAt]!;
    const roles = rolesOfName(name);
    if (roles.some(({ role }) => FIELDS.includes(role)) && rolesOfName(symbol).length === 0) return { symbol, name };
  }
  return null;
}

/** Names without the one market that all of them carry ("AAPL.Open", "AAPL.Close"); as they are where they carry none or several. */
export function withoutSymbol(names: readonly string[]): { readonly names: readonly string[]; readonly symbol: string } {
  const parts = names.map(splitSymbol);
  const symbols = new Set(parts.filter((part) => part !== null).map(({ symbol }) => symbol));
  if (symbols.size !== 1) return { names, symbol: '' };
  return { names: names.map((name, i) => parts[i]?.name ?? name), symbol: [...symbols][0]! };
}

/** Header names that stand behind days written day first (true) or month first (false); null where a name proves nothing. */
export function namedDateOrder(header: string): 'dmy' | 'mdy' | 'ymd' | null {
  const name = normaliseHeader(header);
  if (name === 'gmt time' || name === 'local time') return 'dmy'; // Dukascopy's exports, and no other
  if (/\bd{1,2}[-/. ]?m{1,3}[-/. ]?y{2,4}\b/.test(header.toLowerCase())) return 'dmy';
  if (/\bm{1,3}[-/. ]?d{1,2}[-/. ]?y{2,4}\b/.test(header.toLowerCase())) return 'mdy';
  return null;
}
