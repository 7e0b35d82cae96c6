import { expect, test } from 'vitest';
import { formatText } from '../../src/strategy/format.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';

test('spaces, indents, empty lines and comments', () => {
  expect(
    formatText(`

//Two averages
fast=param( 10 ,5 .. 50 by 1 )//note
slow = param(40,[ -5,10 ])


x = -close+( high-low )*-2   - -1
enter long when crossover (x,sma( close , fast ))[ 1 ]
and close>open
  or x<0?1:2
stop  ( fast ) %
size volatility 1 %  per atr( 14 )
stop long at -x

`),
  ).toBe(`// Two averages
fast = param(10, 5..50 by 1)  // note
slow = param(40, [-5, 10])

x = -close + (high - low) * -2 - -1
enter long when crossover(x, sma(close, fast))[1]
  and close > open
  or x < 0 ? 1 : 2
stop (fast)%
size volatility 1% per atr(14)
stop long at -x`);
});

test('a statement that goes on inside brackets is indented', () => {
  expect(formatText('x = max(\nclose,\nopen\n)\ny = 1')).toBe('x = max(\n  close,\n  open\n  )\ny = 1');
});

test('the built-in strategies are written so', () => {
  for (const { text } of BUILT_INS) expect(formatText(text)).toBe(text);
});
