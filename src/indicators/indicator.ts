/** What the bars offer to an indicator; `date` is the local date as a number that differs from day to day. */
export type Column = 'open' | 'high' | 'low' | 'close' | 'volume' | 'hl2' | 'hlc3' | 'ohlc4' | 'date';

/** One array that an indicator reads, in the order of `compute`. */
export interface Input {
  readonly name: string;
  /** `series` and `condition` are arguments of the call; a `column` of the bars is read without being named there. */
  readonly kind: 'series' | 'condition' | 'column';
  /** The column; for a `series` what is read where the call leaves its series out, null where it must not. */
  readonly column: Column | null;
}

/** A number argument, after the inputs. */
export interface Param {
  readonly name: string;
  /** `period`: a whole number; `number`: any finite one. */
  readonly kind: 'period' | 'number';
  readonly least: number; // inclusive, as `most`
  readonly most: number;
  /** What stands where the call leaves it out; null where it must not. Parameters after one with a value have one too. */
  readonly value: number | null;
}

/**
 * A pure function from series to one series: what a strategy text may call, and what its compiler must know of it. It sees bars up
 * to the one it writes, never later ones. `notes.ts` says what it means, `computations.ts` how it is computed.
 *
 * A value that is not finite breaks a series: the indicator starts anew after it, exactly as at bar 0. So a nested indicator
 * starts at the first value of its input, and a hole in the input costs one warm-up.
 */
export interface Indicator {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly params: readonly Param[];
  /** Where the values lie: on the scale of the first input (an average of prices is a price), of prices, or on one of their own. */
  readonly level: 'input' | 'price' | 'own';
  /** `sparse`: a bar after the warm-up may have no value, as there is no pivot at most bars. Otherwise only a division by 0 makes one. */
  readonly sparse: boolean;
  /** `reads`: values that are not finite are no holes to it but read, as `nz` does. */
  readonly holes: 'restart' | 'reads';
  /** Count of bars before the first value when every input is valid from bar 0; never falls as a parameter rises. */
  warmup(params: readonly number[]): number;
}

/** What people read about an indicator: completion, help and docs/indicators.md are made from it. */
export interface Notes {
  /** One line. */
  readonly about: string;
  readonly formula: string;
  /** How the first values come about. */
  readonly seeding: string;
  /** Who defined it so. */
  readonly source: string;
}

/** What the caller knows about the inputs. */
export interface IndicatorContext {
  /**
   * 0 … 15 when every input (conditions, `volume` and `date` apart) is a raw price column of decimals with that many places:
   * differences and sums are then taken in whole ticks (price × 10^decimals), exact, and divided once, so that equal averages of
   * unequal periods compare equal. −1 for anything else (computed series, prices that are no short decimals).
   */
  readonly decimals: number;
}

/**
 * @param inputs one array per input, all of length bars; a condition is 1 and 0
 * @param params one number per parameter; where one is outside its bounds every value is NaN
 * @param out written whole, NaN for the warm-up and around holes; may be one of the inputs
 */
export type Compute = (
  inputs: readonly Float64Array[],
  params: readonly number[],
  out: Float64Array,
  context: IndicatorContext,
) => void;

/** Computes bars [from, to) in which every input is finite; `out` is NaN there already. */
export type RunCompute = (
  inputs: readonly Float64Array[],
  params: readonly number[],
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
) => void;

/** The series argument of most indicators. */
export const X: Input = { name: 'x', kind: 'series', column: null };

export function series(name: string, column: Column | null = null): Input {
  return { name, kind: 'series', column };
}

export function column(name: Column): Input {
  return { name, kind: 'column', column: name };
}

export function period(name: string, value: number | null = null, least = 1): Param {
  return { name, kind: 'period', least, most: Infinity, value };
}

export function factor(name: string, value: number | null, least = 0, most = Infinity): Param {
  return { name, kind: 'number', least, most, value };
}

/** Whether the input's decimals count for the context's. */
export function isExact({ kind, column: name }: Input): boolean {
  return kind !== 'condition' && name !== 'volume' && name !== 'date';
}

/** Whether a number may stand for the parameter. */
export function allows({ kind, least, most }: Param, value: number): boolean {
  return (kind === 'period' ? Number.isInteger(value) : Number.isFinite(value)) && value >= least && value <= most;
}

interface Traits {
  readonly level: Indicator['level'];
  readonly sparse?: boolean;
  readonly holes?: Indicator['holes'];
}

export function indicator(
  name: string,
  inputs: readonly Input[],
  params: readonly Param[],
  { level, sparse = false, holes = 'restart' }: Traits,
  warmup: Indicator['warmup'],
): Indicator {
  return { name, inputs, params, level, sparse, holes, warmup };
}

/** `n − 1` bars: the first window of n values ends at bar n − 1. */
export const fullWindow: Indicator['warmup'] = ([n = 1]) => n - 1;
/** `n` bars: a window of n changes between n + 1 values. */
export const fullChanges: Indicator['warmup'] = ([n = 1]) => n;
