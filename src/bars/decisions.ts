import { answerTo, type Answers, type Decision, type Reading } from './answers.ts';
import { DECIMALS } from './alter.ts';
import { DAY_MS } from './calendar.ts';
import type { DateOrder } from './dates.ts';
import type { Layout } from './layout.ts';
import type { Marks } from './marks.ts';
import { clockOf, type Session } from './hours.ts';
import { barSizes, barSizeInWords } from './resample.ts';

export interface Decided {
  readonly layout: Layout;
  readonly answers: Answers;
  readonly dateOrder: DateOrder | null;
  readonly marks: Marks;
  readonly zone: string;
  readonly naive: boolean; // times of day without a zone
  readonly symbols: readonly string[];
  readonly symbol: string;
  readonly scale: number;
  readonly ticks: boolean;
  readonly barMs: number;
  readonly session: Session | null;
  readonly decimals: number; // −1: uneven
  readonly broken: boolean; // bars that contradict themselves
}

const ORDERS: readonly Reading[] = [
  { value: 'dmy', text: 'day, month, year' },
  { value: 'mdy', text: 'month, day, year' },
  { value: 'ymd', text: 'year, month, day' },
];
const ZONES = ['UTC', 'America/New_York', 'America/Chicago', 'Europe/London', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Tokyo'];

/** Everything that was decided about a file and may be decided otherwise, each as an answer would say it. */
export function listDecisions(decided: Decided): Decision[] {
  const { answers } = decided;
  const told = (key: string): boolean => answerTo(answers, key) !== null;
  return [
    symbolDecision(decided),
    orderDecision(decided),
    markDecision(decided),
    zoneDecision(decided, told('time_zone')),
    scaleDecision(decided, told('price_scale')),
    adjustedDecision(decided),
    ohlcDecision(decided),
    sizeDecision(decided),
    sessionDecision(decided),
    decimalsDecision(decided),
  ]
    .filter((decision) => decision !== null)
    .map((decision) => ({ ...decision, answered: told(decision.key) }));
}

type Offered = Omit<Decision, 'answered'>;

function symbolDecision({ symbols, symbol }: Decided): Offered | null {
  if (symbols.length < 2) return null;
  return { key: 'symbol', text: 'Market', value: symbol, readings: symbols.map((name) => ({ value: name, text: name })) };
}

function orderDecision({ dateOrder }: Decided): Offered | null {
  return dateOrder === null ? null : { key: 'date_order', text: 'Dates are written', value: dateOrder, readings: ORDERS };
}

function markDecision({ marks }: Decided): Offered {
  const readings = [
    { value: '.', text: 'point' },
    { value: ',', text: 'comma' },
  ];
  return { key: 'decimal_mark', text: 'Decimal mark', value: marks.price, readings };
}

function zoneDecision({ zone, naive }: Decided, told: boolean): Offered | null {
  if (!naive && !told) return null;
  const readings = [...new Set([zone, ...ZONES])].map((name) => ({
    value: name,
    text: name === 'unknown' ? 'unknown, read as UTC' : name,
  }));
  return { key: 'time_zone', text: 'Times are in the zone', value: zone, readings };
}

function scaleDecision({ scale }: Decided, told: boolean): Offered | null {
  if (scale === 1 && !told) return null;
  const readings = ['10000', '1'].map((value) => ({ value, text: value }));
  return { key: 'price_scale', text: 'Prices are divided by', value: String(scale), readings };
}

function adjustedDecision({ layout: { roles }, answers }: Decided): Offered | null {
  if (roles.adjusted < 0 || roles.adjusted === roles.close) return null;
  return {
    key: 'adjusted',
    text: 'Prices are',
    value: answerTo(answers, 'adjusted') === 'adjusted' ? 'adjusted' : 'raw',
    readings: [
      { value: 'raw', text: 'as traded' },
      { value: 'adjusted', text: 'adjusted for dividends and splits: the whole bar scaled to the adjusted close' },
    ],
  };
}

function ohlcDecision({ broken, answers }: Decided): Offered | null {
  const told = answerTo(answers, 'repair_ohlc');
  if (!broken && told === null) return null;
  return {
    key: 'repair_ohlc',
    text: 'Bars that contradict themselves',
    value: told ?? 'keep',
    readings: [
      { value: 'keep', text: 'are kept as given' },
      { value: 'widen', text: 'get high and low that hold open and close' },
    ],
  };
}

function sizeDecision({ ticks, barMs, answers }: Decided): Offered {
  return {
    key: 'resample',
    text: 'Bars of',
    value: answerTo(answers, 'resample') ?? 'none',
    readings: [
      { value: 'none', text: ticks ? 'single trades' : 'the file' },
      ...barSizes(ticks ? 0 : barMs).map((size) => ({ value: size, text: barSizeInWords(size) })),
    ],
  };
}

function sessionDecision({ session, barMs, ticks }: Decided): Offered | null {
  if (ticks || barMs >= DAY_MS) return null;
  const hours = session === null ? 'round the clock' : `${clockOf(session.from)} to ${clockOf(session.to)}`;
  return { key: 'session', text: `Session ${hours}, larger bars from`, value: clockOf(session?.from ?? 0), readings: [] };
}

function decimalsDecision({ decimals, answers }: Decided): Offered {
  const found = decimals < 0 ? 'uneven, as in the file' : `${decimals}, as in the file`;
  const told = answerTo(answers, 'decimals') ?? 'file';
  return {
    key: 'decimals',
    text: 'Decimals of prices',
    value: told,
    readings: [
      { value: 'file', text: told === 'file' ? found : 'as in the file' },
      ...DECIMALS.map((value) => ({ value, text: `rounded to ${value}` })),
    ],
  };
}
