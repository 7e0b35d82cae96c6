import { expect, test } from 'vitest';
import { createRate } from '../../src/schedule/rate.ts';

test('the rate is that of about the last second', () => {
  const rate = createRate(1000);
  for (let ms = 1000; ms <= 5000; ms += 100) rate.sample(ms, (ms - 1000) / 10);
  expect(rate.recent(5000, 400)).toBe(100);
  for (let ms = 5100; ms <= 7000; ms += 100) rate.sample(ms, 400 + (ms - 5000));
  expect(rate.recent(7000, 2400)).toBe(1000);
});

test('nothing is known at the start', () => {
  const rate = createRate(50);
  expect(rate.recent(50, 0)).toBe(0);
  rate.sample(60, 30);
  expect(rate.recent(60, 30)).toBe(3000);
});
