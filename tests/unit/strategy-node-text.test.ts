import { expect, test } from 'vitest';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { nodeText } from '../../src/strategy/node-text.ts';
import { valueOf } from '../support/kernel.ts';

test.each([
  'close < (sma(close, n) - (k * stdev(close, n)))',
  'rsi(close, 14)[3] > 30',
  'crossover(ema(hl2, n), close)',
  '(not (close > open)) and (volume >= 10)',
  'tf("1D", sma(close, n)) > close',
  'abs(close) == max(open, high)',
  'close > ((stdev(close, n) + open) * sma(close, n))',
])('%s', (text) => {
  const plan = valueOf(compileStrategy(`n = param(5, 2..9 by 1)\nk = param(1.5, 1..2 by 0.5)\nenter long when ${text}`));
  expect(nodeText(plan, plan.rules.enterLong!)).toBe(text);
});

test('a long one is cut', () => {
  const plan = valueOf(
    compileStrategy(`enter long when ${Array.from({ length: 30 }, (_, k) => `close[${k}] > open`).join(' and ')}`),
  );
  expect(nodeText(plan, plan.rules.enterLong!)).toHaveLength(90);
});
