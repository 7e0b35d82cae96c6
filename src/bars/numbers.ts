/** What the cells of one column prove about its decimal mark; counts of cells. */
export interface MarkProof {
  point: number; // the point can only be the decimal mark: 1.5, 0.123, 1,234.5
  comma: number; // the comma can only be: 1,5, 1.234,5
  lonePoint: number; // 1.234 is 1234 or 1.234
  loneComma: number; // 1,234 likewise
  currency: number; // cells with the sign or code of a currency
  grouped: number; // cells with groups of digits
}

export type DecimalMark = '.' | ',';

export function makeMarkProof(): MarkProof {
  return { point: 0, comma: 0, lonePoint: 0, loneComma: 0, currency: 0, grouped: 0 };
}

const LONGEST = 64; // characters of a number
const CURRENCY = /^(?:US\$|A\$|C\$|R\$|HK\$|[$€£¥₹₩₽฿₺₫₴₿]|(?:USD|EUR|GBP|JPY|INR|CHF|Rs\.?)\s)\s*/i;
const CURRENCY_BEHIND = /\s*(?:[$€£¥₹₩₽฿₺₫₴₿]|(?:zł|kr|USD|EUR|GBP|JPY|INR|CHF|PLN|SEK|円|元|원)\.?)$/i;
/** Blank kinds that stand between groups of digits: ordinary, no-break, narrow no-break, thin. */
const GROUP_BLANK = /(\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?:\D|$))/g;
const ORDINARY = /^[+-]?[\d.,]+(?:[eE][+-]?\d{1,3})?$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const COMMA_GROUPS = /^[+-]?[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d*)?$/; // also Indian groups: 72,34,512.10
const POINT_GROUPS = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/;
const COMMA_DECIMAL = /^[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d{1,3})?$/;
const LONE = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** Takes off what is not part of the number itself: blanks, currency, an Excel apostrophe, accountants' parentheses. */
function bare(cell: string, proof: MarkProof | null): string {
  let text = cell.trim();
  if (text.length > LONGEST) return '';
  if (ORDINARY.test(text)) return text;
  if (text.startsWith('(') && text.endsWith(')')) text = `-${text.slice(1, -1).trim()}`;
  if (text.startsWith("'")) text = text.slice(1);
  text = text.replace(/^[\u2212\u2013]/, '-');
  const sign = text.startsWith('-') || text.startsWith('+') ? text[0]! : '';
  const body = text.slice(sign.length);
  const stripped = body.replace(CURRENCY, '').replace(CURRENCY_BEHIND, '');
  if (stripped !== body && proof !== null) proof.currency++;
  const joined = stripped.replace(GROUP_BLANK, '$1');
  if (joined !== stripped && proof !== null) proof.grouped++;
  return sign + joined;
}

/**
 * Reads one cell as a number.
 * @param mark what the point and the comma mean in this column
 * @param proof notes what the spelling proves; null where nobody asks
 * @returns NaN where the cell is no finite number
 */
export function readNumber(cell: string, mark: DecimalMark, proof: MarkProof | null): number {
  const text = bare(cell, proof);
  if (text === '') return NaN;
  if (LONE.test(text)) return readLone(text, mark, proof);
  if (PLAIN.test(text)) {
    if (proof !== null && text.includes('.')) proof.point++;
    return finite(Number(text));
  }
  if (!text.includes(',') && !text.includes('.', text.indexOf('.') + 1)) return NaN;
  return readMarked(text, mark, proof);
}

/** 1.234 and 1,234: one mark of two meanings. */
function readLone(text: string, mark: DecimalMark, proof: MarkProof | null): number {
  const comma = text.includes(',');
  if (proof !== null) proof[comma ? 'loneComma' : 'lonePoint']++;
  const decimal = comma === (mark === ',');
  return finite(Number(decimal ? text.replace(',', '.') : text.replace(/[.,]/, '')));
}

/** Numbers whose marks can have one meaning only, which is or is not that of the column. */
function readMarked(text: string, mark: DecimalMark, proof: MarkProof | null): number {
  if (COMMA_GROUPS.test(text)) {
    note(proof, 'point');
    return mark === '.' ? finite(Number(text.replaceAll(',', ''))) : NaN;
  }
  const groups = POINT_GROUPS.test(text);
  if (!groups && !COMMA_DECIMAL.test(text)) return NaN;
  if (groups) note(proof, 'comma');
  else if (proof !== null) proof.comma++;
  return mark === ',' ? finite(Number(text.replaceAll('.', '').replace(',', '.'))) : NaN;
}

function note(proof: MarkProof | null, mark: 'point' | 'comma'): void {
  if (proof === null) return;
  proof[mark]++;
  proof.grouped++;
}

/** −0 is read as 0, so that equal files have equal bytes. */
function finite(value: number): number {
  return Number.isFinite(value) ? value + 0 : NaN;
}

/** Whether a cell is a number under one of the two marks. */
export function isNumber(cell: string): boolean {
  return !Number.isNaN(readNumber(cell, '.', null)) || !Number.isNaN(readNumber(cell, ',', null));
}

const SUFFIXED = /^([+-]?[\d.,\s']+?)\s*(k|tys\.?|m|mio\.?|mln\.?|b|bn|mrd\.?|mld\.?|t|万|亿|만|억|l|lakh|cr)$/iu;
const FACTORS: Readonly<Record<string, number>> = {
  ...{ k: 1e3, tys: 1e3, m: 1e6, mio: 1e6, mln: 1e6, b: 1e9, bn: 1e9, mrd: 1e9, mld: 1e9, t: 1e12 },
  ...{ 万: 1e4, 亿: 1e8, 만: 1e4, 억: 1e8, l: 1e5, lakh: 1e5, cr: 1e7 },
};

const MISSING = /^(?:|[-–—.]+|n\/?a|#n\/a(?: n\/a)?|#value!|nan|null|none|nil|\\n|nd|inf|-inf)$/i;

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return cell.length < 12 && MISSING.test(cell.trim());
}

/** A volume: a number, or one with K, M or B behind it; a missing one is 0. NaN where it is neither, or negative. */
export function readVolume(cell: string, mark: DecimalMark, proof: MarkProof | null): number {
  if (isMissing(cell)) return 0;
  const value = readNumber(cell, mark, proof);
  if (!Number.isNaN(value)) return value >= 0 ? value : NaN;
  const match = cell.length > LONGEST ? null : SUFFIXED.exec(cell.trim());
  if (match === null) return NaN;
  const factor = FACTORS[match[2]!.toLowerCase().replace('.', '')] ?? NaN;
  const scaled = readNumber(match[1]!, mark, proof) * factor;
  // 62.85K is 62850, not 62850.00000000001: as many digits as were written.
  return scaled >= 0 ? Number(scaled.toPrecision(15)) : NaN;
}

/** The mark that the cells of a column prove, or null: 'both' contradict, 'none' proves nothing. */
export function provenMark(proof: MarkProof): DecimalMark | 'both' | 'none' {
  if (proof.point > 0 && proof.comma > 0) return 'both';
  if (proof.point > 0) return '.';
  return proof.comma > 0 ? ',' : 'none';
}
