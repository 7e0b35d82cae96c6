import {
  HALF_PI_1,
  HALF_PI_2,
  HALF_PI_3,
  HALF_PI_4,
  LN2_HIGH,
  LN2_LOW,
  QUARTER_PI,
  SQRT_HALF,
  THIRD,
  TWO_OVER_PI,
  cosNear,
  sin,
  sinNear,
} from './maths.ts';

const TWO_53 = 2 ** 53;
const TWO_32 = 2 ** 32;
const HALVINGS = new Float64Array(55).fill(1); // 2^−k
for (let k = 1; k < HALVINGS.length; k++) HALVINGS[k] = HALVINGS[k - 1]! / 2;

/**
 * √(−2·log(1 − first)) × sin(2π·second), two multiples of 2^−53 in [0, 1) made one standard normal number: G. E. P. Box and
 * M. E. Muller, "A note on the generation of random normal deviates" (1958). The bits are those of `log` and `sin`, whose steps
 * stand here in one piece, because a double that crosses a call is put on the heap: so it takes half as long.
 */
export function boxMuller(first: number, second: number): number {
  // 1 − first is a whole number below 2^53 + 1, so that its count of binary digits gives the exponent.
  const whole = (1 - first) * TWO_53;
  const digits = whole >= TWO_32 ? 64 - Math.clz32(whole / TWO_32) : 32 - Math.clz32(whole);
  let exponent = digits - 53;
  let mantissa = whole * HALVINGS[digits]!;
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent--;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const tail =
    1 / 5 +
    z *
      (1 / 7 +
        z *
          (1 / 9 +
            z *
              (1 / 11 +
                z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23 + z * (1 / 25))))))))));
  const logarithm = exponent * LN2_HIGH + (f - (s * (f - 2 * z * (THIRD + z * tail)) - exponent * LN2_LOW));
  const radius = Math.sqrt(-2 * logarithm);

  const angle = 2 * Math.PI * second;
  if (angle <= QUARTER_PI) return radius * (angle < 2 ** -27 ? angle : sinNear(angle, 0));
  const turns = Math.floor(angle * TWO_OVER_PI + 0.5);
  const near = angle - turns * HALF_PI_1;
  const part = -turns * HALF_PI_2;
  const high = near + part;
  if (high < 1e-6 && high > -1e-6) return radius * sin(angle); // rare, and exact in another way
  const back = high - near;
  const low = near - (high - back) + (part - back) - turns * HALF_PI_3 - turns * HALF_PI_4;
  const r = high + low;
  const rest = low - (r - high);
  const value = (turns & 1) === 1 ? cosNear(r, rest) : sinNear(r, rest);
  return radius * (turns === 2 || turns === 3 ? -value : value);
}
