import { expect, test } from 'vitest';
import { createWatchdog } from '../../src/schedule/watchdog.ts';

test('a busy worker whose counter stands still for that many beats hangs', () => {
  const watchdog = createWatchdog();
  const beats = Array.from({ length: 5 }, () => watchdog.hangs(0, 7, true, 3));
  expect(beats).toEqual([false, false, false, true, true]);
});

test('a counter that moves, an idle worker and an answer are signs of life', () => {
  const watchdog = createWatchdog();
  for (let count = 0; count < 20; count++) expect(watchdog.hangs(0, count, true, 2)).toBe(false);
  for (let beat = 0; beat < 20; beat++) expect(watchdog.hangs(1, 3, false, 2)).toBe(false);
  for (let beat = 0; beat < 20; beat++) {
    expect(watchdog.hangs(2, 3, true, 2)).toBe(false);
    watchdog.alive(2);
  }
});

test('time without beats kills nobody: a machine that slept for a day asks once', () => {
  const watchdog = createWatchdog();
  expect(watchdog.hangs(0, 7, true, 2)).toBe(false);
  expect(watchdog.hangs(0, 7, true, 2)).toBe(false); // a day later
});
