import { describe, expect, it } from 'vitest';
import type { TrialDetail } from '../../src/metrics/report.ts';
import { createBars } from '../../src/bars/buffer.ts';
import { makeColumns } from '../../src/bars/columns.ts';
import { makeTracks } from '../../src/ui/charts/tracks.ts';
import { tickDigits, zoomByKey } from '../../src/ui/charts/zoom.ts';

const whole = { min: 0, max: 1000 };

describe('zoom by key', () => {
  it('moves by a tenth and keeps its width at the ends', () => {
    expect(zoomByKey('ArrowRight', { min: 100, max: 200 }, whole, 4)).toEqual({ min: 110, max: 210 });
    expect(zoomByKey('ArrowLeft', { min: 5, max: 105 }, whole, 4)).toEqual({ min: 0, max: 100 });
    expect(zoomByKey('ArrowRight', { min: 895, max: 995 }, whole, 4)).toEqual({ min: 900, max: 1000 });
  });

  it('zooms in down to the shortest stretch, out to everything, and ignores other keys', () => {
    expect(zoomByKey('+', { min: 0, max: 100 }, whole, 4)).toEqual({ min: 20, max: 80 });
    expect(zoomByKey('+', { min: 0, max: 6 }, whole, 4)).toEqual({ min: 0, max: 6 });
    expect(zoomByKey('-', { min: 100, max: 200 }, whole, 4)).toEqual({ min: 67, max: 233 });
    expect(zoomByKey('Home', { min: 100, max: 200 }, whole, 4)).toEqual(whole);
    expect(zoomByKey('a', { min: 100, max: 200 }, whole, 4)).toBeNull();
  });
});

describe('digits of ticks', () => {
  it.each([
    [25, 0],
    [0.5, 1],
    [0.25, 2],
    [0.002, 3],
    [0.00005, 5],
  ])('%d apart need %d', (step, digits) => {
    expect(tickDigits(step)).toBe(digits);
  });
});

describe('tracks of a trial', () => {
  it('has nulls, never NaN, where a series does not exist yet, and multiples of the capital from the first scored bar', () => {
    const columns = makeColumns(4);
    columns.time.set([0, 86_400_000, 172_800_000, 259_200_000]);
    for (const column of [columns.open, columns.high, columns.low, columns.close]) column.set([10, 20, 25, 30]);
    const bars = createBars(columns, (bytes) => new ArrayBuffer(bytes));
    const report = {
      startBar: 1,
      capital: 1000,
      equity: Float64Array.of(1000, 1100, 1200),
      drawdown: Float64Array.of(0, 0, -0.1),
      stops: Float64Array.of(NaN, 90, NaN),
      targets: new Float64Array(3).fill(NaN),
    };
    const plots = [
      { name: 'f', pane: 'price', values: Float64Array.of(NaN, 15, 22, 27) },
      { name: 'rsi', pane: 'own', values: Float64Array.of(NaN, 50, 60, 70) },
    ];
    const tracks = makeTracks({ report, plots } as unknown as TrialDetail, bars);
    expect(tracks.overlays).toEqual([{ name: 'f', track: [null, 15, 22, 27] }]);
    expect(tracks.equity).toEqual([null, 1, 1.1, 1.2]);
    expect(tracks.buyHold).toEqual([null, 1, 1.25, 1.5]);
    expect(tracks.drawdown).toEqual([null, 0, 0, -0.1]);
    expect(tracks.stops).toEqual([null, null, 90, null]);
    expect([...tracks.seconds]).toEqual([0, 86_400, 172_800, 259_200]);
  });
});
