import { describe, expect, it } from 'vitest';
import { describeFault, type Outcome } from '../../src/core/fault.ts';
import { axisLabel, axisValue, defaultPosition, positionOf, type Axis } from '../../src/space/axis.ts';
import { makeChoiceAxis, makeFlagAxis, makeListAxis, makeLogAxis, makeRangeAxis } from '../../src/space/make-axis.ts';
import { overrideSpace } from '../../src/space/override.ts';
import { formatRange, parseRange, rangeNote } from '../../src/space/range.ts';

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.faults.map(describeFault).join('\n'));
  return outcome.value;
}

function says(outcome: Outcome<unknown>): string {
  if (outcome.ok) throw new Error('expected a fault');
  return outcome.faults.map(describeFault).join('\n');
}

const fast = must(makeRangeAxis('fast', '5', '50', '1', '10'));
const kind = must(makeChoiceAxis('kind', ['sma', 'ema', 'hma']));
const labels = (axis: Axis): string[] => Array.from({ length: axis.size }, (_, i) => axisLabel(axis, i));
const values = (axis: Axis): number[] => Array.from({ length: axis.size }, (_, i) => axisValue(axis, i));

describe('axes', () => {
  it('includes both ends of a range', () => {
    expect(fast.size).toBe(46);
    expect([axisValue(fast, 0), axisValue(fast, 45)]).toEqual([5, 50]);
  });

  it('steps in exact decimals, never by accumulation', () => {
    const axis = must(makeRangeAxis('risk', '0.1', '0.9', '0.1', '0.3'));
    expect(values(axis)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(labels(axis)).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9']);
    expect(values(must(makeRangeAxis('x', '-0.75', '0.75', '0.25', '0')))).toEqual([-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75]);
  });

  it('ends below the high end where the step does not divide, and says so', () => {
    const axis = must(makeRangeAxis('slow', '20', '200', '7', '40'));
    expect(axisValue(axis, axis.size - 1)).toBe(195);
    expect(rangeNote(axis)).toBe('200 is not reached; the last value is 195.');
    expect(rangeNote(fast)).toBeNull();
  });

  it('spaces logarithmic values in equal ratios with exact ends, whole where the ends are', () => {
    expect(values(must(makeLogAxis('n', '1', '1000', '4', '10')))).toEqual([1, 10, 100, 1000]);
    expect(values(must(makeLogAxis('n', '1', '8', '13', '2')))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(values(must(makeLogAxis('n', '0.01', '1', '3', '0.1')))).toEqual([0.01, 0.1, 1]);
  });

  it('gives a choice its place in the text, also in a subset of another order', () => {
    const subset = must(parseRange(kind, ['hma', 'sma']));
    expect(labels(subset)).toEqual(['hma', 'sma']);
    expect(values(subset)).toEqual([2, 0]);
  });

  it('finds values and defaults', () => {
    expect(positionOf(fast, 50)).toBe(45);
    expect(positionOf(fast, 51)).toBe(-1);
    expect(positionOf(fast, 5.5)).toBe(-1);
    expect(defaultPosition(fast)).toBe(5);
    expect(defaultPosition(must(parseRange(fast, '30..40 by 1')))).toBe(0);
    expect(defaultPosition(must(makeListAxis('n', ['5', '20', '80'], '30')))).toBe(1);
    expect(defaultPosition(must(makeFlagAxis('on', true)))).toBe(1);
    expect(defaultPosition(must(parseRange(kind, ['hma', 'sma'])))).toBe(1);
  });

  it.each([
    [makeRangeAxis('n', '9', '5', '1', '5'), 'Axis n. The range of n starts at 9 and ends below it, at 5. Write `5..9 by 1`.'],
    [makeRangeAxis('n', '5', '9', '0', '5'), 'Axis n. The step of n is 0. A step is greater than 0.'],
    [
      makeRangeAxis('n', '5', '9', 'x', '5'),
      'Axis n. `x` is not a number that n can have. Write a decimal number such as 12 or 0.5.',
    ],
    [
      makeRangeAxis('n', '0', '9', '0.000000001', '5'),
      'Axis n. n would have 9000000001 values, and an axis has at most 2147483647. Widen the step.',
    ],
    [makeLogAxis('n', '0', '9', '5', '5'), 'Axis n. The logarithmic range of n starts at 0. It starts above 0.'],
    [
      makeLogAxis('n', '1', '9', '1', '5'),
      'Axis n. n asks for 1 values. A logarithmic range has a whole number of values from 2 to 10000.',
    ],
    [makeListAxis('n', ['5', '5.0'], '5'), 'Axis n. n lists 5 twice. Each value stands once.'],
    [makeListAxis('n', [], '5'), 'Axis n. n has no value. Give it at least one.'],
    [parseRange(kind, ['emaa']), 'Axis kind. `emaa` is not a choice of kind. Did you mean `ema`?'],
    [parseRange(kind, []), 'Axis kind. kind has no choice. Keep at least one.'],
    [
      parseRange(fast, '5..50'),
      'Axis fast. `5..50` is not a range that can be read. Write `5..50 by 1`, `1..1000 log 13`, or values with commas.',
    ],
    [parseRange(must(makeFlagAxis('on', true)), ['yes']), 'Axis on. `yes` is not a value of on. It is true or false.'],
  ])('refuses with a place, the value and an advice (%#)', (outcome, sentence) => {
    expect(says(outcome)).toBe(sentence);
  });

  it.each(['5..50 by 1', '0.5..10 by 0.25', '1..1000 log 13', '-3..3 by 1'])('reads and writes %s', (text) => {
    expect(formatRange(must(parseRange(fast, text)))).toBe(text);
  });

  it('takes lists, single values and a wider range for a numeric axis of any kind', () => {
    const list = must(makeListAxis('n', ['5', '10'], '5'));
    expect(values(must(parseRange(list, '1..3 by 1')))).toEqual([1, 2, 3]);
    expect(values(must(parseRange(fast, '5, 10, 20')))).toEqual([5, 10, 20]);
    expect(values(must(parseRange(fast, [7])))).toEqual([7]);
    expect(values(must(parseRange(fast, '14')))).toEqual([14]);
  });
});

describe('overrides', () => {
  const space = { axes: [fast, kind], constraints: [] };

  it('replaces ranges by name and keeps the rest', () => {
    const other = must(overrideSpace(space, { kind: ['ema'] }));
    expect(other.axes.map(({ size }) => size)).toEqual([46, 1]);
  });

  it('reports every fault, also parameters that do not exist', () => {
    expect(says(overrideSpace(space, { fast: '9..5 by 1', fats: '1' }))).toBe(
      'Axis fast. The range of fast starts at 9 and ends below it, at 5. Write `5..9 by 1`.\n' +
        'Key space.fats. The strategy has no parameter `fats`. Did you mean `fast`?',
    );
    expect(says(overrideSpace(space, JSON.parse('{"__proto__":"1"}') as Record<string, string>))).toContain(
      'no parameter `__proto__`',
    );
  });
});
