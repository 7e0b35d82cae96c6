import { expect, test } from 'vitest';
import { describeFault } from '../../src/core/fault.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';

/** "code line" of each warning. */
function warnings(text: string): string[] {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults.map(describeFault).join('\n'));
  for (const { message, advice } of compiled.value.warnings) {
    expect(message).toMatch(/^\S.*\.$/);
    expect(advice).toMatch(/^\S.*[.?]$/);
  }
  return compiled.value.warnings.map(({ code, place }) => `${code} ${place?.kind === 'text' ? place.line : 0}`);
}

const FAST = 'fast = param(5, 2..20 by 1)\nslow = param(30, 10..60 by 5)\n';
const ENTER = 'enter long when close > sma(close, fast) + slow';

test.each([
  ['ordinary', `${FAST}require fast < slow\n${ENTER}`, []],
  ['a comparison that the ranges decide', `${FAST}${ENTER} and fast < 100`, ['constant_condition 3']],
  ['a comparison of numbers', `${FAST}${ENTER} or 2 < 1`, ['constant_condition 3']],
  ['a series with itself', `${FAST}${ENTER} and close >= close`, ['constant_condition 3']],
  ['a flag is no constant', `on = param(true)\n${FAST}${ENTER} and on`, []],
  ['a constraint that the ranges satisfy', `${FAST}require fast < 100\n${ENTER}`, ['always_satisfied 3']],
  ['a constraint that the ranges forbid', `${FAST}require fast > slow * 10\n${ENTER}`, ['contradiction 3']],
  ['constraints that contradict each other', `${FAST}require fast < slow\nrequire fast > slow\n${ENTER}`, ['contradiction 4']],
  ['constraints that agree', `${FAST}require fast < slow\nrequire fast + 5 > slow\n${ENTER}`, []],
  ['an entry that no combination allows', `${FAST}${ENTER} and fast > 50`, ['constant_condition 3', 'never_enters 3']],
  ['an entry behind `not`', `${FAST}${ENTER} and not (fast < 50)`, ['constant_condition 3', 'never_enters 3']],
  ['an entry with another way', `${FAST}${ENTER} and fast > 50\nenter long when close > open`, ['constant_condition 3']],
  ['an exit that is the entry', `${FAST}${ENTER}\nexit long when close > sma(close, fast) + slow`, ['vetoed_entry 3']],
  [
    'an exit that is a part of the entry',
    `${FAST}${ENTER} and high > low\nexit long when high > low or open > close`,
    ['vetoed_entry 3'],
  ],
  ['an exit that is narrower', `${FAST}${ENTER}\nexit long when close > sma(close, fast) + slow and high > open`, []],
  ['always in', 'enter long when true', []],
])('%s', (_, text, expected) => {
  expect(warnings(text)).toEqual(expected);
});
