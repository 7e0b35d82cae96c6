import { describe, expect, test } from 'vitest';
import { resolveScoring, type ScoredBars } from '../../src/metrics/resolve.ts';
import type { Scoring } from '../../src/metrics/scoring.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Bars at the times that `keep` admits out of a grid of `step`, from 2015 on. */
function barsAt(step: number, steps: number, keep: (date: Date) => boolean = () => true): ScoredBars {
  const time: number[] = [];
  for (let k = 0; k < steps; k++) {
    const at = Date.UTC(2015, 0, 1) + k * step;
    if (keep(new Date(at))) time.push(at);
  }
  const localDate = time.map((at) => Number(new Date(at).toISOString().slice(0, 10).replaceAll('-', '')));
  return { count: time.length, barMs: step, time, localDate };
}

const weekday = (date: Date): boolean => date.getUTCDay() % 6 !== 0;
const AUTO: Scoring = { start: 'commonWarmup', returns: 'auto', periodsPerYear: 'auto' };
const NONE = { bars: 0, axis: null };

function resolved(scoring: Partial<Scoring>, bars: ScoredBars, warmup: { bars: number; axis: string | null } = NONE) {
  const outcome = resolveScoring({ ...AUTO, ...scoring }, bars, warmup);
  if (!outcome.ok) throw new Error(outcome.faults[0].message);
  return outcome.value;
}

describe('returns and periods per year', () => {
  test('every weekday of ten years: 260', () => {
    expect(resolved({}, barsAt(DAY, 3653, weekday))).toMatchObject({ startBar: 0, returns: 'bar', periodsPerYear: 260 });
  });

  test('weekdays without nine holidays a year: 252', () => {
    const holidays = new Set([
      '01-01',
      '01-19',
      '02-16',
      '04-03',
      '05-25',
      '07-03',
      '09-07',
      '11-26',
      '12-25',
      '06-19',
      '10-12',
      '11-11',
    ]);
    const open = (date: Date): boolean => weekday(date) && !holidays.has(date.toISOString().slice(5, 10));
    expect(resolved({}, barsAt(DAY, 3653, open)).periodsPerYear).toBe(252);
  });

  test('every hour of a year: sampled by day, 365', () => {
    expect(resolved({}, barsAt(HOUR, 24 * 365))).toMatchObject({ returns: 'day', periodsPerYear: 365 });
  });

  test('every hour, sampled by bar: what is observed, as nothing usual is near', () => {
    expect(resolved({ returns: 'bar' }, barsAt(HOUR, 24 * 365)).periodsPerYear).toBeCloseTo(24 * 365.25, 6);
  });

  test('weeks and months: 52 and 12', () => {
    expect(resolved({}, barsAt(7 * DAY, 300)).periodsPerYear).toBe(52);
    expect(
      resolved(
        {},
        barsAt(DAY, 2000, (date) => date.getUTCDate() === 1),
      ).periodsPerYear,
    ).toBe(12);
  });

  test('six days a week are no usual number and stay as observed', () => {
    expect(
      resolved(
        {},
        barsAt(DAY, 3653, (date) => date.getUTCDay() !== 6),
      ).periodsPerYear,
    ).toBeCloseTo((365.25 * 6) / 7, 0);
  });

  test('a single bar has a spacing still', () => {
    expect(resolved({}, barsAt(DAY, 1)).periodsPerYear).toBe(365);
    expect(resolved({}, barsAt(HOUR, 1)).periodsPerYear).toBe(365);
  });

  test('a number is taken as it is', () => {
    expect(resolved({ periodsPerYear: 250.5, returns: 'day' }, barsAt(DAY, 9))).toMatchObject({
      startBar: 0,
      returns: 'day',
      periodsPerYear: 250.5,
    });
  });

  test.each([0, -1, NaN, Infinity])('%s periods per year are refused', (periodsPerYear) => {
    expect(resolveScoring({ ...AUTO, periodsPerYear }, barsAt(DAY, 9), NONE)).toMatchObject({
      ok: false,
      faults: [{ code: 'periods_per_year', place: { kind: 'key', path: 'scoring.periodsPerYear' } }],
    });
  });
});

describe('the first scored bar', () => {
  const bars = barsAt(DAY, 100);

  test('is the largest warm-up, bar 0, or a number', () => {
    expect(resolved({}, bars, { bars: 42, axis: 'slow' }).startBar).toBe(42);
    expect(resolved({ start: 'firstBar' }, bars, { bars: 420, axis: 'slow' }).startBar).toBe(0);
    expect(resolved({ start: 7 }, bars, { bars: 42, axis: 'slow' }).startBar).toBe(7);
  });

  test('a warm-up that leaves no bar names the axis', () => {
    const outcome = resolveScoring(AUTO, bars, { bars: 100, axis: 'slow' });
    expect(outcome).toMatchObject({ ok: false, faults: [{ code: 'warmup_too_long', place: { kind: 'axis', axis: 'slow' } }] });
    if (!outcome.ok) expect(outcome.faults[0].message).toContain('100 bars and the data has 100; the range of slow');
    expect(resolved({}, bars, { bars: 99, axis: 'slow' }).startBar).toBe(99);
  });

  test('a warm-up that no axis causes is a fault without a place', () => {
    const outcome = resolveScoring(AUTO, bars, { bars: 200, axis: null });
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) expect(outcome.faults[0].place).toBeUndefined();
  });

  test.each([-1, 1.5, 100, NaN])('bar %s is refused', (start) => {
    expect(resolveScoring({ ...AUTO, start }, bars, NONE)).toMatchObject({ ok: false, faults: [{ code: 'start_bar' }] });
  });
});
