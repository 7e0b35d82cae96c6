/**
 * log, exp, pow and sin from + − × ÷ and bit operations on binary64 alone, which every engine rounds alike; the built-in
 * ones may differ by one unit in the last place from engine to engine. Errors stay below one unit in the last place;
 * results at NaN, ±0 and ±∞ are ECMAScript's.
 *
 * Method: range reduction by a constant split into an exact high part and a low part, then a power series (W. J. Cody,
 * W. Waite, "Software manual for the elementary functions", 1980). `pow` carries the logarithm as an unevaluated sum of two
 * doubles (T. J. Dekker, "A floating-point technique for extending the available precision", 1971).
 */

export const LN2_HIGH = 0x162e42fefa3 / 2 ** 41; // ln 2 cut to 41 bits, so that its multiples up to 2^12 are exact
export const LN2_LOW = 2.8235290563031577e-13; // ln 2 − LN2_HIGH
const INVERSE_LN2 = 1.4426950408889634;
export const SQRT_HALF = 0.7071067811865476;
const TWO_54 = 2 ** 54;
const SPLIT = 2 ** 27 + 1;
export const THIRD = 1 / 3;
const THIRD_LOW = 1.850371707708594e-17; // 1/3 − THIRD

const bits = new DataView(new ArrayBuffer(8));

/** 2^power for −1022 ≤ power ≤ 1023. */
function powerOfTwo(power: number): number {
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** value × 2^power with one rounding, for ½ ≤ value < 2 and |power| ≤ 1100. */
function scale(value: number, power: number): number {
  if (power > 1023) return value * powerOfTwo(1023) * powerOfTwo(power - 1023);
  if (power >= -1022) return value * powerOfTwo(power);
  return value * powerOfTwo(power + 1022) * 2 ** -1022; // only the last product can be subnormal, hence rounded
}

// A sum of two doubles is returned as its high part, with the low part left here: nothing is allocated.
let low = 0;

/** a + b exactly; |a| ≥ |b| or a = 0. */
function quickSum(a: number, b: number): number {
  const sum = a + b;
  low = b - (sum - a);
  return sum;
}

/** a + b exactly. */
function twoSum(a: number, b: number): number {
  const sum = a + b;
  const part = sum - a;
  low = a - (sum - part) + (b - part);
  return sum;
}

/** a × b exactly, for magnitudes below 2^990. */
function twoProduct(a: number, b: number): number {
  const product = a * b;
  const ta = SPLIT * a;
  const aHigh = ta - (ta - a);
  const aLow = a - aHigh;
  const tb = SPLIT * b;
  const bHigh = tb - (tb - b);
  const bLow = b - bHigh;
  low = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  return product;
}

// x = mantissa × 2^exponent with √½ ≤ mantissa < √2, left by `decompose`.
let mantissa = 0;
let exponent = 0;

function decompose(x: number): void {
  const subnormal = x < 2 ** -1022;
  bits.setFloat64(0, subnormal ? x * TWO_54 : x);
  const head = bits.getUint32(0);
  exponent = ((head >>> 20) & 0x7ff) - 1022 - (subnormal ? 54 : 0);
  bits.setUint32(0, (head & 0xfffff) | 0x3fe00000);
  mantissa = bits.getFloat64(0);
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent--;
  }
}

/** Σ z^n ÷ (2n + 5), n ≥ 0: the part of (artanh(s)/s − 1 − z/3) ÷ z², z = s² ≤ 0.0295. */
function artanhTail(z: number): number {
  const far = 1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23 + z * (1 / 25)))));
  return 1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * far))));
}

/** Natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  decompose(x);
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const series = 2 * z * (THIRD + z * artanhTail(z)); // log(1 + f) = 2·artanh(s) = f − s·(f − series)
  return exponent * LN2_HIGH + (f - (s * (f - series) - exponent * LN2_LOW));
}

/** log(x) as high + low to about 2^−68 relative; x positive and finite. */
function logPair(x: number): number {
  decompose(x);
  const f = mantissa - 1;
  const divisor = twoSum(mantissa, 1);
  const divisorLow = low;
  const s = f / divisor;
  const back = twoProduct(s, divisor);
  const sLow = (f - back - low - s * divisorLow) / divisor;
  const z = twoProduct(s, s);
  const zLow = low + 2 * s * sLow;
  const third = twoProduct(z, THIRD);
  const thirdLow = low + z * THIRD_LOW + zLow * THIRD;
  const series = quickSum(third, thirdLow + z * z * artanhTail(z));
  const seriesLow = low;
  const curve = twoProduct(s, series);
  const curveLow = low + s * seriesLow + sLow * series;
  const half = quickSum(s, curve);
  const halfLow = low + (sLow + curveLow);
  const sum = twoSum(exponent * LN2_HIGH, 2 * half);
  return quickSum(sum, low + 2 * halfLow + exponent * LN2_LOW);
}

/** Σ r^n ÷ (n + 3)!, n ≥ 0: (e^r − 1 − r − r²/2) ÷ r³ for |r| ≤ 0.35. */
function expTail(r: number): number {
  const far =
    1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r * (1 / 6227020800 + r * (1 / 87178291200)))));
  return 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * far)))));
}

/** e^x. */
export function exp(x: number): number {
  if (x > 709.8) return Infinity;
  if (x < -745.2) return 0;
  if (!(x < 0) && !(x > 0)) return x === 0 ? 1 : NaN;
  const power = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - power * LN2_HIGH;
  const rest = power * LN2_LOW;
  const r = high - rest;
  const lost = high - r - rest;
  return scale(1 + (r + (lost + r * r * (0.5 + r * expTail(r)))), power);
}

/** e^(high + rest), the sum to about 2^−60 relative before it is rounded. */
function expPair(high: number, rest: number): number {
  const power = Math.floor(high * INVERSE_LN2 + 0.5);
  const r = twoSum(high - power * LN2_HIGH, rest - power * LN2_LOW);
  const rLow = low;
  const square = twoProduct(r, r);
  const squareLow = low + 2 * r * rLow;
  const bend = twoSum(r, square / 2);
  const bendLow = low + rLow + squareLow / 2 + square * r * expTail(r);
  const sum = quickSum(1, bend);
  return scale(sum + (low + bendLow), power);
}

function isOddInteger(y: number): boolean {
  return y % 2 === 1 || y % 2 === -1;
}

/** x^y where one of them is 0, infinite or no number. */
function powerOfExtreme(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  const magnitude = (x === 0) === y > 0 ? 0 : Infinity;
  const negative = (x < 0 || Object.is(x, -0)) && isOddInteger(y);
  return negative ? -magnitude : magnitude;
}

/** x^y; exact where the exact result is a double. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return powerOfExtreme(x, y);
  if (x < 0 && !Number.isInteger(y)) return NaN;
  const size = Math.abs(x);
  const sign = x < 0 && isOddInteger(y) ? -1 : 1;
  if (size === 1) return sign;
  const rough = y * log(size);
  if (rough > 710) return sign * Infinity;
  if (rough < -746) return sign * 0;
  const logarithm = logPair(size);
  const logarithmLow = low;
  const high = twoProduct(y, logarithm);
  return sign * expPair(high, low + y * logarithmLow);
}

/**
 * Writes x^y over x = `pair[0]`, y = `pair[1]`, for x > 0 and both finite: e^(y·log x) without the second doubles of `pow`, so good to
 * |y·log x| units in the last place. In one piece, because a double that crosses a call is put on the heap: here nothing is.
 */
export function powerInPlace(pair: Float64Array): void {
  let m = pair[0]!;
  let power = 0;
  if (m < 2 ** -1022) {
    m *= TWO_54;
    power = -54;
  }
  bits.setFloat64(0, m);
  const head = bits.getUint32(0);
  power += (head >>> 20) - 1022;
  bits.setUint32(0, (head & 0xfffff) | 0x3fe00000);
  m = bits.getFloat64(0);
  if (m < SQRT_HALF) {
    m *= 2;
    power--;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const far = 1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23 + z * (1 / 25)))));
  const tail = 1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * far))));
  const y = pair[1]! * (power * LN2_HIGH + (f - (s * (f - 2 * z * (THIRD + z * tail)) - power * LN2_LOW)));
  if (!(y < 709 && y > -708)) {
    pair[0] = exp(y);
    return;
  }
  power = Math.floor(y * INVERSE_LN2 + 0.5);
  const high = y - power * LN2_HIGH;
  const rest = power * LN2_LOW;
  const r = high - rest;
  const near =
    1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r * (1 / 6227020800 + r * (1 / 87178291200)))));
  const bend = 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * near)))));
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  pair[0] = (1 + (r + (high - r - rest + r * r * (0.5 + r * bend)))) * bits.getFloat64(0);
}

export const QUARTER_PI = 0.7853981633974483;
export const TWO_OVER_PI = 0.6366197723675814;
export const HALF_PI_1 = 1.5707963267341256; // π/2 in parts of 33 bits: multiples up to 2^20 are exact
export const HALF_PI_2 = 6.077100506303966e-11;
export const HALF_PI_3 = 2.0222662487111665e-21;
export const HALF_PI_4 = 8.4784276603689e-32;

/** sin(r + rest) for |r| ≤ π/4. */
export function sinNear(r: number, rest: number): number {
  const z = r * r;
  const far = -1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z * (1 / 355687428096000)));
  const series = -1 / 6 + z * (1 / 120 + z * (-1 / 5040 + z * (1 / 362880 + z * far)));
  return r + (r * z * series + rest * (1 - z / 2));
}

/** cos(r + rest) for |r| ≤ π/4. */
export function cosNear(r: number, rest: number): number {
  const z = r * r;
  const far = 1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000 + z * (-1 / 6402373705728000)));
  const series = 1 / 24 + z * (-1 / 720 + z * (1 / 40320 + z * (-1 / 3628800 + z * far)));
  const start = 1 - z / 2;
  return start + (1 - start - z / 2 + (z * z * series - r * rest));
}

const FRACTION_BITS = 1224n; // 1024 for the largest quotient and 200 for the remainder
let halfPi = 0n;

/** π/2 × 2^1224 by J. Machin's formula (1706): π/4 = 4·arctan(1/5) − arctan(1/239). */
function halfPiBits(): bigint {
  if (halfPi !== 0n) return halfPi;
  const guard = 32n;
  const arctanOfInverse = (n: bigint): bigint => {
    let term = (1n << (FRACTION_BITS + guard)) / n;
    let sum = term;
    for (let k = 1n; term !== 0n; k++) {
      term /= n * n;
      sum += (k % 2n === 0n ? term : -term) / (2n * k + 1n);
    }
    return sum;
  };
  halfPi = (8n * arctanOfInverse(5n) - 2n * arctanOfInverse(239n)) >> guard;
  return halfPi;
}

/** Leaves x mod π/2 (nearest) as return value + `low` and the quadrant in `exponent`; x ≥ π/4, by integers of any length. */
function reduceExactly(x: number): number {
  decompose(x);
  const size = BigInt(mantissa * TWO_54) << (FRACTION_BITS - 54n + BigInt(exponent));
  const unit = halfPiBits();
  const turns = (size + unit / 2n) / unit;
  const rest = (size - turns * unit) >> 1024n;
  exponent = Number(turns & 3n);
  const high = Number(rest);
  low = Number(rest - BigInt(high)) * 2 ** -200;
  return high * 2 ** -200;
}

/** As `reduceExactly`, by π/2 in four parts; x < 2^20. */
function reduceByParts(x: number): number {
  const turns = Math.floor(x * TWO_OVER_PI + 0.5);
  const high = twoSum(x - turns * HALF_PI_1, -turns * HALF_PI_2);
  if (high < 1e-6 && high > -1e-6) return reduceExactly(x); // the parts' own error would show
  exponent = turns % 4;
  return quickSum(high, low - turns * HALF_PI_3 - turns * HALF_PI_4);
}

/** Sine of x radians, reduced exactly however large x is. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size <= QUARTER_PI) return size < 2 ** -27 ? x : sinNear(x, 0);
  if (!(size < Infinity)) return NaN;
  const r = size < 2 ** 20 ? reduceByParts(size) : reduceExactly(size);
  const rest = low;
  const odd = exponent % 2 === 1;
  const value = odd ? cosNear(r, rest) : sinNear(r, rest);
  return exponent >= 2 === x < 0 ? value : -value;
}
