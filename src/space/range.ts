import { formatDecimal } from '../core/decimal.ts';
import { failed, fault, type Outcome } from '../core/fault.ts';
import { nearest } from '../language/suggest.ts';
import { axisLabel, type Axis } from './axis.ts';
import { makeChoiceAxis, makeFlagAxis, makeListAxis, makeLogAxis, makeRangeAxis } from './make-axis.ts';

/** A range as the form, the link and the study document spell it: `5..50 by 1`, `1..1000 log 13`, or the values of a list, choice or flag. */
export type RangeSpelling = string | readonly (string | number | boolean)[];

/** What follows `..`; the text is trimmed. Parts never overlap, so that a long text costs no more than its length. */
const UPWARDS = /^(\S+)\s+(by|log)\s+(\S+)$/;

/** The spelling that `parseRange` reads back as the same axis. */
export function formatRange(axis: Axis): RangeSpelling {
  switch (axis.kind) {
    case 'range': {
      const [low, high, step] = [axis.lowUnits, axis.highUnits, axis.stepUnits].map((units) =>
        formatDecimal(units, axis.decimals),
      );
      return `${low}..${high} by ${step}`;
    }
    case 'log':
      return `${axis.low}..${axis.high} log ${axis.steps}`;
    case 'list':
    case 'flag':
      return axis.values;
    case 'choice':
      return axis.names;
  }
}

/**
 * Reads another range for an axis of the text. A numeric axis takes a range, a logarithmic range, a list or one value; a
 * choice or flag takes a subset of its values, in any order.
 */
export function parseRange(base: Axis, spelling: RangeSpelling): Outcome<Axis> {
  const { name } = base;
  if (base.kind === 'choice') return makeChoiceAxis(name, base.allNames, undefined, words(spelling));
  if (base.kind === 'flag') return parseFlag(name, base.fallback, words(spelling));
  const fallback = String(base.fallback);
  if (typeof spelling !== 'string') return makeListAxis(name, words(spelling), fallback);
  const dots = spelling.indexOf('..');
  if (dots < 0) return makeListAxis(name, words(spelling), fallback);
  const low = spelling.slice(0, dots).trim();
  const [, high, word, step] = UPWARDS.exec(spelling.slice(dots + 2).trim()) ?? [];
  if (low !== '' && high !== undefined && step !== undefined) {
    return word === 'by' ? makeRangeAxis(name, low, high, step, fallback) : makeLogAxis(name, low, high, step, fallback);
  }
  const shown = spelling.length > 60 ? `${spelling.slice(0, 60)}…` : spelling;
  const message = `\`${shown}\` is not a range that can be read.`;
  const advice = 'Write `5..50 by 1`, `1..1000 log 13`, or values with commas.';
  return failed(fault('axis_range', message, advice, { kind: 'axis', axis: name }));
}

/** "200 is not reached; the last value is 198." where the step does not divide the range, otherwise null. */
export function rangeNote(axis: Axis): string | null {
  if (axis.kind !== 'range') return null;
  if (axis.lowUnits + (axis.size - 1) * axis.stepUnits === axis.highUnits) return null;
  const high = formatDecimal(axis.highUnits, axis.decimals);
  return `${high} is not reached; the last value is ${axisLabel(axis, axis.size - 1)}.`;
}

function parseFlag(name: string, fallback: boolean, texts: readonly string[]): Outcome<Axis> {
  const wrong = texts.find((text) => text !== 'true' && text !== 'false');
  if (wrong !== undefined) {
    const near = nearest(wrong, ['true', 'false']);
    const advice = near === null ? 'It is true or false.' : `Did you mean \`${near}\`?`;
    return failed(
      fault('axis_flag', `\`${wrong.slice(0, 40)}\` is not a value of ${name}.`, advice, { kind: 'axis', axis: name }),
    );
  }
  return makeFlagAxis(
    name,
    fallback,
    undefined,
    texts.map((text) => text === 'true'),
  );
}

function words(spelling: RangeSpelling): string[] {
  if (typeof spelling !== 'string') return spelling.map(String);
  const trimmed = spelling.trim();
  const bare = trimmed.startsWith('[') && trimmed.endsWith(']') ? trimmed.slice(1, -1).trim() : trimmed;
  return bare === '' ? [] : bare.split(',').map((word) => word.trim());
}
