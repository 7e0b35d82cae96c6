/** What has been seen of the spelling of numbers in a whole file; decides at its end what a comma meant. */
export interface NumberStyle {
  pointProven: number; // line of a number whose point can only be the decimal one
  loneGroup: number; // line of a number like "1,234", which is 1234 or 1.234
  decimalComma: number; // line of a number like "16.705,62" or "1,5"
  currency: number; // count of cells with a currency sign
}

export function makeNumberStyle(): NumberStyle {
  return { pointProven: 0, loneGroup: 0, decimalComma: 0, currency: 0 };
}

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const ONE_GROUP = /^[^,]*,\d{3}$/;
const LEADING_ZERO = /^[+-]?0/;
const INDIAN = /^[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?$/; // 72,34,512.10
const DECIMAL_COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/;
const CURRENCY = /^([+-]?)\s*[$€£¥₹]\s*/;
const POINT_GROUPED = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/; // 16.705 could be a German thousand, 40.236.219 can be nothing else

/**
 * Reads one cell as a number and notes what its spelling proves.
 * @returns NaN where the cell is no finite number
 */
export function readNumber(cell: string, style: NumberStyle, line: number): number {
  const text = cell.trim();
  if (text.length > 64) return NaN;
  if (!PLAIN.test(text)) return readDecorated(text, style, line);
  if (style.pointProven === 0 && text.includes('.') && !POINT_GROUPED.test(text)) style.pointProven = line;
  return finite(Number(text));
}

/** Currency signs and groups of digits. */
function readDecorated(text: string, style: NumberStyle, line: number): number {
  if (CURRENCY.test(text)) {
    const bare = text.replace(CURRENCY, '$1');
    if (CURRENCY.test(bare)) return NaN;
    style.currency++;
    return readNumber(bare, style, line);
  }
  if (GROUPED.test(text) && !LEADING_ZERO.test(text)) {
    if (ONE_GROUP.test(text)) style.loneGroup ||= line;
    else style.pointProven ||= line;
    return finite(Number(text.replaceAll(',', '')));
  }
  if (INDIAN.test(text)) {
    style.pointProven ||= line;
    return finite(Number(text.replaceAll(',', '')));
  }
  if (DECIMAL_COMMA.test(text) || POINT_GROUPED.test(text)) style.decimalComma ||= line;
  return NaN;
}

/** −0 is read as 0, so that equal files have equal bytes. */
function finite(value: number): number {
  return Number.isFinite(value) ? value + 0 : NaN;
}

const SUFFIXED = /^([\d.,]+)\s*([kmb])$/i;
const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** A volume: a number, or one with K, M or B behind it; an empty cell or "-" is 0. NaN where it is neither, or negative. */
export function readVolume(cell: string, style: NumberStyle, line: number): number {
  const text = cell.trim();
  if (text === '' || text === '-') return 0;
  const match = SUFFIXED.exec(text);
  const value =
    match === null ? readNumber(text, style, line) : readNumber(match[1]!, style, line) * FACTORS[match[2]!.toLowerCase()]!;
  return value >= 0 ? value : NaN;
}
