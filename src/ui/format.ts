import { METRICS, type Metric } from '../metrics/columns.ts';

/**
 * Numbers as a person reads them: thousands spaced and units joined by a narrow no-break space, a true minus, no more digits
 * than the number deserves. Locale-free on purpose: a screenshot reads the same everywhere. Exports do not go through here.
 */
export const THIN = '\u202f';
export const MINUS = '\u2212';
/** What stands for a number that is not defined. */
export const UNDEFINED_TEXT = '\u2013';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

const BY_KEY: ReadonlyMap<string, Metric> = new Map(METRICS.map((metric) => [metric.key, metric]));

/** Fixed digits, spaced thousands: `−1 234.50`; NaN is `–`, infinities are `∞`. A value that rounds to zero has no sign. */
export function formatNumber(value: number, digits = 0): string {
  if (Number.isNaN(value)) return UNDEFINED_TEXT;
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : '∞';
  const text = Math.abs(value) < 1e21 ? Math.abs(value).toFixed(digits) : Math.abs(value).toExponential(2);
  const negative = value < 0 && Number(text) !== 0;
  const [whole = '', fraction] = text.split('.');
  const number = fraction === undefined ? spaced(whole) : `${spaced(whole)}.${fraction}`;
  return negative ? MINUS + number : number;
}

/** A whole number of things; a bigint of any size, above a million billions in powers of ten: `4.2 × 10¹⁸`. */
export function formatCount(count: number | bigint): string {
  if (typeof count === 'number') return formatNumber(count, 0);
  const text = (count < 0n ? -count : count).toString();
  const sign = count < 0n ? MINUS : '';
  if (text.length <= 15) return sign + spaced(text);
  const power = String(text.length - 1).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!);
  return `${sign}${text[0]}.${text.slice(1, 3)}${THIN}×${THIN}10${power}`;
}

/** `9 310 trials`, `1 trial`. */
export function formatCountOf(count: number | bigint, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 || count === 1n ? one : many}`;
}

/** A fraction as percent: 0.058 is `5.8 %`. An empty unit leaves the bare number for columns whose head holds it. */
export function formatPercent(fraction: number, digits = 1, unit = '%'): string {
  const text = formatNumber(fraction * 100, digits);
  return unit === '' || Number.isNaN(fraction) ? text : `${text}${THIN}${unit}`;
}

/** A price with the file's decimals; where those are unknown (negative), five significant digits. */
export function formatPrice(price: number, decimals: number): string {
  if (decimals >= 0) return formatNumber(price, decimals);
  const size = Math.abs(price);
  const whole = size > 0 && Number.isFinite(size) ? Math.floor(Math.log10(size)) : 0;
  return formatNumber(price, Math.min(8, Math.max(0, 4 - whole)));
}

/** Equity as a multiple of the capital: `×1.69`. */
export function formatMultiple(multiple: number, digits = 2): string {
  return Number.isNaN(multiple) ? UNDEFINED_TEXT : `×${formatNumber(multiple, digits)}`;
}

/** `2024-12-31` in UTC; bars shorter than a day (`barMs`) also show the time: `2024-12-31 14:30`. */
export function formatDate(ms: number, barMs = DAY): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return UNDEFINED_TEXT;
  const text = date.toISOString();
  const day = text.slice(0, text.indexOf('T'));
  return barMs >= DAY ? day : `${day} ${text.slice(text.indexOf('T') + 1, text.indexOf('T') + 6)}`;
}

/** Two units at most: `0.09 s`, `12.7 s`, `3 min 05 s`, `2 h 07 min`, `3 d 04 h`, `12 years`. */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) return UNDEFINED_TEXT;
  if (ms === Number.POSITIVE_INFINITY) return '∞';
  if (ms < 0.05 * SECOND) return `${formatNumber(ms / SECOND, ms < 0.5 ? 0 : 3)}${THIN}s`;
  if (ms < 0.995 * SECOND) return `${formatNumber(ms / SECOND, 2)}${THIN}s`;
  if (ms < 59.95 * SECOND) return `${formatNumber(ms / SECOND, 1)}${THIN}s`;
  if (ms < HOUR - SECOND / 2) return pair(Math.round(ms / SECOND), 60, 'min', 's');
  if (ms < DAY - MINUTE / 2) return pair(Math.round(ms / MINUTE), 60, 'h', 'min');
  if (ms < 30 * DAY) return pair(Math.round(ms / HOUR), 24, 'd', 'h');
  if (ms < YEAR) return `${formatNumber(ms / DAY)} days`;
  const years = ms / YEAR;
  return `${years < 1e6 ? formatNumber(significant(years, 2), years < 10 ? 1 : 0) : formatScaled(years)} years`;
}

/** Three significant digits: `103 000 trials/s`, from ten millions on with a prefix: `4.24 G bar·trials/s`. */
export function formatRate(perSecond: number, unit = 'trials/s'): string {
  const size = Math.abs(perSecond);
  if (!(size >= 1e7)) return `${formatNumber(significant(perSecond, 3), size < 10 && size > 0 ? 1 : 0)} ${unit}`;
  return `${formatScaled(perSecond)} ${unit}`;
}

/** Decimal prefixes, three digits: `4.24 G`. */
export function formatScaled(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size < 1000) return formatNumber(value, size < 10 && size > 0 ? 2 : 0);
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  let power = Math.min(prefixes.length - 1, Math.floor(Math.log10(size) / 3));
  if (significant(size, 3) >= 1000 ** (power + 1) && power < prefixes.length - 1) power++;
  const scaled = value / 1000 ** power;
  const shown = Math.abs(significant(scaled, 3));
  return `${formatNumber(scaled, shown < 10 ? 2 : shown < 100 ? 1 : 0)}${THIN}${prefixes[power]!}`;
}

/** Memory in powers of 1000: `4.5 MB`, `51 MB`, `1 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  let at = 0;
  let value = bytes;
  while (at < units.length - 1 && value >= 999.5) {
    value /= 1000;
    at++;
  }
  const digits = at > 0 && value < 9.95 && Math.abs(value - Math.round(value)) >= 0.05 ? 1 : 0;
  return `${formatNumber(value, digits)}${THIN}${units[at]!}`;
}

/** The unit that stands in a metric's column head; empty for ratios and counts. */
export function metricUnit(key: string): string {
  return BY_KEY.get(key)?.unit === 'fraction' ? '%' : '';
}

/** A metric's value by its unit and digits; `withUnit: false` where the column head holds the unit. */
export function formatMetric(key: string, value: number, withUnit = true): string {
  const metric = BY_KEY.get(key);
  if (metric === undefined) return formatNumber(value, 2);
  if (metric.unit === 'fraction') return formatPercent(value, metric.digits, withUnit ? '%' : '');
  return formatNumber(value, metric.digits);
}

function spaced(whole: string): string {
  return whole.replace(/\B(?=(?:\d{3})+$)/g, THIN);
}

function significant(value: number, digits: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}

function pair(small: number, base: number, big: string, little: string): string {
  const rest = String(small % base).padStart(2, '0');
  return `${formatNumber(Math.floor(small / base))}${THIN}${big} ${rest}${THIN}${little}`;
}
