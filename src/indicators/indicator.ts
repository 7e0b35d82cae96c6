/** What the caller knows about the inputs. */
export interface IndicatorContext {
  /**
   * 0 … 15 when every input is a raw price column of decimals with that many places: differences and sums are then taken in
   * whole ticks (price × 10^decimals), exact, and divided once, so that equal averages of unequal periods compare equal.
   * −1 for anything else (computed series, volume, prices that are no short decimals).
   */
  readonly decimals: number;
}

/**
 * A pure function from series to one series. It sees bars up to the one it writes, never later ones.
 *
 * A value that is not finite breaks a series: the indicator starts anew after it, exactly as at bar 0. So a nested indicator
 * starts at the first value of its input, and a hole in the input costs one warm-up.
 */
export interface Indicator {
  readonly name: string;
  /** Names of the inputs; with `implied` these are columns of the bars, otherwise arguments of the call. */
  readonly inputs: readonly string[];
  readonly implied: boolean;
  /** Names of the number arguments after the inputs; each is a period: a whole number from 1 up. */
  readonly params: readonly string[];
  /** Values for trailing parameters that the call leaves out. */
  readonly defaults: readonly number[];
  /** Whether the values lie on the input's own scale (an average of prices is a price), so that they can share its pane. */
  readonly level: 'input' | 'own';
  /** Count of bars before the first value when every input is valid from bar 0; never falls as a parameter rises. */
  warmup(params: readonly number[]): number;
  /**
   * @param inputs one array per input, all of length bars
   * @param params one number per parameter; with anything but whole numbers from 1 up every value is NaN
   * @param out written whole, NaN for the warm-up and around holes; must be none of the inputs
   */
  compute(inputs: readonly Float64Array[], params: readonly number[], out: Float64Array, context: IndicatorContext): void;
}

/** The call of most indicators: one series and one period. */
export const ONE_PERIOD = { inputs: ['x'], implied: false, params: ['n'], defaults: [] } as const;

/** Computes bars [from, to) in which every input is finite; `out` is NaN there already. */
export type RunCompute = (
  inputs: readonly Float64Array[],
  params: readonly number[],
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
) => void;

/** Cuts the inputs into runs of finite values and computes each on its own. */
export function perRun(compute: RunCompute): Indicator['compute'] {
  return (inputs, params, out, context) => {
    out.fill(NaN);
    if (!params.every((p) => Number.isInteger(p) && p >= 1)) return;
    const bars = out.length;
    let from = nextBar(inputs, 0, bars, true);
    while (from < bars) {
      const to = nextBar(inputs, from, bars, false);
      compute(inputs, params, out, from, to, context.decimals);
      from = nextBar(inputs, to, bars, true);
    }
  };
}

/** First bar from `from` on at which all inputs are finite (`finite`), or at which one is not; `bars` if there is none. */
function nextBar(inputs: readonly Float64Array[], from: number, bars: number, finite: boolean): number {
  for (let i = from; i < bars; i++) {
    let all = true;
    for (let k = 0; k < inputs.length; k++) {
      const x = inputs[k]![i]!;
      if (x - x !== 0) all = false;
    }
    if (all === finite) return i;
  }
  return bars;
}

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Ticks per unit of price: 10^decimals, or 0 where the inputs are no tick decimals. */
export function tickScale(decimals: number): number {
  return POWERS[decimals] ?? 0;
}

// Scratch grows to the longest study's bars and is then reused. An indicator never calls another one, so two slots of doubles
// and one of indices are enough; none of them is read after its function returned.
const doubles = [new Float64Array(0), new Float64Array(0)];
let indices = new Int32Array(0);

export function scratchDoubles(slot: 0 | 1, length: number): Float64Array {
  if (doubles[slot]!.length < length) doubles[slot] = new Float64Array(length);
  return doubles[slot]!;
}

export function scratchIndices(length: number): Int32Array {
  if (indices.length < length) indices = new Int32Array(length);
  return indices;
}
