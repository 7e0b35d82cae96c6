import { decimalValue, parseDecimal, POWERS_OF_TEN, type Decimal } from '../core/decimal.ts';
import { failed, fault, ok, type Fault, type Outcome, type Place } from '../core/fault.ts';
import { exp, log } from '../core/maths.ts';
import { didYouMean } from '../language/suggest.ts';
import { MAX_AXIS_SIZE, type ChoiceAxis, type FlagAxis, type ListAxis, type LogAxis, type RangeAxis } from './axis.ts';

export const MAX_LISTED = 10_000; // values of a list or of a logarithmic axis, which are stored
const MAX_DIGITS = 64; // characters of a number: more than any double needs

/**
 * `low..high by step`, both ends included; numbers are decimal text so that steps are exact.
 * @param fallback the text's default value
 * @param place where a fault is, the axis itself if nothing nearer is known
 */
export function makeRangeAxis(
  name: string,
  low: string,
  high: string,
  step: string,
  fallback: string,
  place: Place = { kind: 'axis', axis: name },
): Outcome<RangeAxis> {
  const read = readNumbers(name, [low, high, step, fallback], place);
  if (!read.ok) return read;
  const [from, to, by, normal] = read.value as [Decimal, Decimal, Decimal, Decimal];
  const decimals = Math.max(from.decimals, to.decimals, by.decimals);
  const [lowUnits, highUnits, stepUnits] = [from, to, by].map((at) => at.units * POWERS_OF_TEN[decimals - at.decimals]!) as [
    number,
    number,
    number,
  ];
  if (decimals > 15 || ![lowUnits, highUnits, stepUnits, highUnits - lowUnits].every(Number.isSafeInteger)) {
    return refuse(
      'axis_digits',
      `\`${low}..${high} by ${step}\` has more digits than a number holds exactly.`,
      'Use at most 15 digits.',
      place,
    );
  }
  if (stepUnits <= 0) return refuse('axis_step', `The step of ${name} is ${step}.`, 'A step is greater than 0.', place);
  if (lowUnits > highUnits) {
    return refuse(
      'axis_order',
      `The range of ${name} starts at ${low} and ends below it, at ${high}.`,
      `Write \`${high}..${low} by ${step}\`.`,
      place,
    );
  }
  const size = Math.floor((highUnits - lowUnits) / stepUnits) + 1;
  if (size > MAX_AXIS_SIZE) {
    return refuse(
      'axis_size',
      `${name} would have ${size} values, and an axis has at most ${MAX_AXIS_SIZE}.`,
      'Widen the step.',
      place,
    );
  }
  const axis = { kind: 'range', name, size, lowUnits, stepUnits, highUnits, decimals } as const;
  return ok({ ...axis, fallback: decimalValue(normal.units, normal.decimals) });
}

/** `low..high log steps`: equal ratios, both ends included; whole numbers without repeats where both ends are whole. */
export function makeLogAxis(
  name: string,
  low: string,
  high: string,
  steps: string,
  fallback: string,
  place: Place = { kind: 'axis', axis: name },
): Outcome<LogAxis> {
  const read = readNumbers(name, [low, high, steps, fallback], place);
  if (!read.ok) return read;
  const [from, to, count, normal] = read.value.map(({ units, decimals }) => decimalValue(units, decimals)) as [
    number,
    number,
    number,
    number,
  ];
  if (from <= 0) return refuse('axis_log', `The logarithmic range of ${name} starts at ${low}.`, 'It starts above 0.', place);
  if (from >= to)
    return refuse(
      'axis_order',
      `The range of ${name} starts at ${low} and ends at ${high}.`,
      'A logarithmic range rises.',
      place,
    );
  if (!Number.isInteger(count) || count < 2 || count > MAX_LISTED) {
    return refuse(
      'axis_log',
      `${name} asks for ${steps} values.`,
      `A logarithmic range has a whole number of values from 2 to ${MAX_LISTED}.`,
      place,
    );
  }
  const whole = Number.isInteger(from) && Number.isInteger(to);
  const ratio = log(to / from) / (count - 1);
  const values = [from];
  for (let i = 1; i < count - 1; i++) {
    const value = from * exp(ratio * i);
    const round = whole ? Math.round(value) : Number(value.toPrecision(6));
    // Rounding may repeat a value or, between ends that are very close, leave the range.
    if (round > values.at(-1)! && round < to) values.push(round);
  }
  values.push(to);
  return ok({ kind: 'log', name, size: values.length, low: from, high: to, steps: count, values, fallback: normal });
}

/** `[a, b, c]`: the values as written, in their order. */
export function makeListAxis(
  name: string,
  values: readonly string[],
  fallback: string,
  place: Place = { kind: 'axis', axis: name },
): Outcome<ListAxis> {
  if (values.length === 0) return refuse('axis_empty', `${name} has no value.`, 'Give it at least one.', place);
  if (values.length > MAX_LISTED) {
    return refuse(
      'axis_size',
      `${name} lists ${values.length} values, and a list has at most ${MAX_LISTED}.`,
      'Use a range.',
      place,
    );
  }
  const read = readNumbers(name, [...values, fallback], place);
  if (!read.ok) return read;
  const numbers = read.value.map(({ units, decimals }) => decimalValue(units, decimals));
  const normal = numbers.pop()!;
  const seen = new Set<number>();
  const repeat = numbers.find((value) => seen.size === seen.add(value).size);
  if (repeat !== undefined) return refuse('axis_repeat', `${name} lists ${repeat} twice.`, 'Each value stands once.', place);
  return ok({ kind: 'list', name, size: numbers.length, values: numbers, fallback: normal });
}

/** `param(10)`: one value, which a form can widen. */
export function makeFixedAxis(name: string, value: string, place?: Place): Outcome<ListAxis> {
  return makeListAxis(name, [value], value, place);
}

/** `choice(a, b)`; `names` is the subset in the space, by default all of them. */
export function makeChoiceAxis(
  name: string,
  allNames: readonly string[],
  place: Place = { kind: 'axis', axis: name },
  names: readonly string[] = allNames,
): Outcome<ChoiceAxis> {
  if (names.length === 0) return refuse('axis_empty', `${name} has no choice.`, 'Keep at least one.', place);
  const unknown = names.find((option) => !allNames.includes(option));
  if (unknown !== undefined) {
    const advice = didYouMean(unknown, allNames, `It is one of ${allNames.join(', ')}.`);
    return refuse('axis_choice', `\`${unknown.slice(0, 40)}\` is not a choice of ${name}.`, advice, place);
  }
  const repeat = names.find((option, i) => names.indexOf(option) !== i);
  if (repeat !== undefined)
    return refuse('axis_repeat', `${name} lists \`${repeat}\` twice.`, 'Each choice stands once.', place);
  return ok({ kind: 'choice', name, size: names.length, allNames, names, fallback: allNames[0]! });
}

/** `param(true)`: both values; `values` is the subset in the space. */
export function makeFlagAxis(
  name: string,
  fallback: boolean,
  place: Place = { kind: 'axis', axis: name },
  values: readonly boolean[] = [false, true],
): Outcome<FlagAxis> {
  if (values.length === 0) return refuse('axis_empty', `${name} has no value.`, 'Keep true, false or both.', place);
  if (values.length > new Set(values).size)
    return refuse('axis_repeat', `${name} lists a value twice.`, 'Each value stands once.', place);
  return ok({ kind: 'flag', name, size: values.length, values, fallback });
}

function readNumbers(name: string, texts: readonly string[], place: Place): Outcome<Decimal[]> {
  const numbers: Decimal[] = [];
  for (const text of texts) {
    const number = text.length > MAX_DIGITS ? null : parseDecimal(text);
    if (number === null) {
      const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
      return refuse(
        'axis_number',
        `\`${shown}\` is not a number that ${name} can have.`,
        'Write a decimal number such as 12 or 0.5.',
        place,
      );
    }
    numbers.push(number);
  }
  return ok(numbers);
}

function refuse(code: string, message: string, advice: string, place: Place): Outcome<never> {
  const found: Fault = fault(code, message, advice, place);
  return failed(found);
}
