/** A decimal number as an integer count of 10^−decimals. */
export interface Decimal {
  readonly units: number; // safe integer
  readonly decimals: number; // 0 … 22
}

/** Powers of ten that are exact in binary64: 10^0 … 10^22. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Reads "12", "-0.050", "+1e-3", ".5" exactly. Trailing zeros after the point are dropped: "1.50" is 15 tenths.
 * @returns null where the text is no number, or has more than 53 bits of digits or more than 22 decimals
 */
export function parseDecimal(text: string): Decimal | null {
  const match = DECIMAL.exec(text.trim());
  if (match === null) return null;
  const whole = match[2]!;
  const part = match[3] ?? '';
  if (whole === '' && part === '') return null;
  let digits = (whole + part).replace(/^0+/, '');
  let decimals = part.length - Number(match[4] ?? '0');
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  const dropped = Math.max(0, Math.min(zeros, decimals));
  digits = digits.slice(0, digits.length - dropped);
  decimals -= dropped;
  if (digits === '') return { units: 0, decimals: 0 };
  if (decimals < 0) {
    if (digits.length - decimals > 16) return null;
    digits = digits.padEnd(digits.length - decimals, '0');
    decimals = 0;
  }
  if (decimals > 22 || digits.length > 16) return null;
  const units = Number(digits);
  if (!Number.isSafeInteger(units)) return null;
  return { units: match[1] === '-' ? -units : units, decimals };
}

/** The nearest double of units ÷ 10^decimals (one rounding, as 10^22 is exact). */
export function decimalValue(units: number, decimals: number): number {
  return units / POWERS_OF_TEN[decimals]!;
}

/**
 * @param units safe integer
 * @param decimals 0 … 22
 * @param keepZeros true: exactly `decimals` digits after the point; false: the shortest form
 */
export function formatDecimal(units: number, decimals: number, keepZeros = false): string {
  const digits = BigInt(Math.abs(units))
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals);
  const shown = keepZeros ? part : part.replace(/0+$/, '');
  return (units < 0 ? '-' : '') + whole + (shown === '' ? '' : `.${shown}`);
}
