import { describe, expect, it } from 'vitest';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import { createDistribution } from '../../src/results/distribution.ts';
import { CELL_EXCLUDED, CELL_NOT_RUN, createSurface, type Surface } from '../../src/results/surface.ts';
import type { Axis } from '../../src/space/axis.ts';
import { makeChoiceAxis, makeListAxis, makeRangeAxis } from '../../src/space/make-axis.ts';
import { colorScale, colorTable, cssColor, inkOn, packHex, roundStep, tableIndex } from '../../src/ui/colors.ts';
import { moveCell } from '../../src/ui/surfaces/keys.ts';
import { cellAt, cellRect, columnEdge, layoutGrid, rowEdge } from '../../src/ui/surfaces/layout.ts';
import { linePath, reasonRuns, thinCells } from '../../src/ui/surfaces/line.ts';
import { blankMiddle, excludedCorner } from '../../src/ui/surfaces/notes.ts';
import { nextSort, scrolledOffset, scrollSpan, tableColumns } from '../../src/ui/surfaces/table.ts';
import { axisTicks, tickDigits, valueTicks } from '../../src/ui/surfaces/ticks.ts';

function made<T>(outcome: { ok: true; value: T } | { ok: false }): T {
  if (!outcome.ok) throw new Error('not made');
  return outcome.value;
}

function column(values: number[]): Rows {
  const rows = createRows({ rowCount: values.length, axisCount: 0, metrics: [4] }, (bytes) => new ArrayBuffer(bytes));
  rows.columns[0]!.set(values);
  rows.states.fill(COMPLETE);
  return rows;
}

function scaleOf(
  values: number[],
  signed: boolean,
  before: Parameters<typeof colorScale>[2] = null,
): ReturnType<typeof colorScale> {
  const rows = column(values);
  const distribution = createDistribution(rows, 0);
  distribution.update(0, values.length);
  return colorScale(distribution, signed, before);
}

describe('colours', () => {
  it('passes through the stops and keeps their order of lightness between', () => {
    const table = colorTable(' #000000, #808080 ,#ffffff');
    expect([table[0], table[255]].map((c) => cssColor(c!))).toEqual(['rgb(0 0 0)', 'rgb(255 255 255)']);
    for (let i = 1; i < 256; i++) expect(table[i]! & 255).toBeGreaterThanOrEqual(table[i - 1]! & 255);
    expect(cssColor(packHex('#9a2202'))).toBe('rgb(154 34 2)');
    expect(colorTable('nothing').every((c) => c === 0xff000000)).toBe(true);
  });

  it('centres a signed metric at zero with equal reach on both sides', () => {
    const scale = scaleOf([-0.2, 0, 0.1, 0.8], true);
    expect(tableIndex(scale, 0)).toBe(127);
    expect(tableIndex(scale, 0.4) - 127.5).toBeCloseTo(127.5 - tableIndex(scale, -0.4), -0.5);
    expect(tableIndex(scale, 5)).toBe(255);
    expect(tableIndex(scale, -5)).toBe(0);
  });

  it('does not let a lonely value bleach the rest, and says that it is clamped', () => {
    const values = Array.from({ length: 200 }, (_, i) => i / 200);
    const scale = scaleOf([...values, 1000], false);
    expect(scale.high).toBeLessThan(1.6);
    expect([scale.clampedLow, scale.clampedHigh]).toEqual([false, true]);
    const calm = scaleOf(values, false);
    expect([calm.low, calm.high, calm.clampedHigh]).toEqual([0, 1, false]);
    expect(scaleOf([...values, Infinity], false).clampedHigh).toBe(true);
  });

  it('only grows while a study runs', () => {
    const wide = scaleOf([-1, 0, 1], true);
    const later = scaleOf([0.1, 0.2, 0.3], true, wide);
    expect([later.low, later.high]).toEqual([wide.low, wide.high]);
    expect(scaleOf([0.1, 0.2, 0.3], true).high).toBeLessThan(wide.high);
  });

  it('has a width even for one value, or none', () => {
    for (const values of [[], [3], [0, 0], [NaN], [Infinity]]) {
      for (const signed of [true, false]) {
        const scale = scaleOf(values, signed);
        expect(scale.high).toBeGreaterThan(scale.low);
        expect(Number.isFinite(scale.high) && Number.isFinite(scale.low)).toBe(true);
      }
    }
  });

  it('rounds steps up to 1, 2, 5', () => {
    expect([0.3, 0.02, 7, 100, 0.1, 51].map(roundStep)).toEqual([0.5, 0.02, 10, 100, 0.1, 100]);
    expect([roundStep(0), roundStep(NaN)]).toEqual([1, 1]);
  });

  it('writes on a cell in the ink that contrasts more', () => {
    expect([inkOn(packHex('#fdf1a6')), inkOn(packHex('#161d45'))]).toEqual(['black', 'white']);
  });
});

describe('ticks', () => {
  const labels = (axis: Axis, most: number): string[] => axisTicks(axis, most).map(({ label }) => label);

  it('are round values that the axis has', () => {
    expect(labels(made(makeRangeAxis('fast', '5', '60', '1', '5')), 8)).toEqual(['10', '20', '30', '40', '50', '60']);
    expect(labels(made(makeRangeAxis('slow', '20', '200', '5', '20')), 10)).toEqual([
      '20',
      '40',
      '60',
      '80',
      '100',
      '120',
      '140',
      '160',
      '180',
      '200',
    ]);
    expect(labels(made(makeRangeAxis('risk', '0.5', '10', '0.5', '1')), 6)).toHaveLength(5);
  });

  it('step evenly where round values are rare, and never outnumber the room', () => {
    const odd = made(makeRangeAxis('odd', '7', '700', '7', '7'));
    const ticks = axisTicks(odd, 6);
    expect(ticks.length).toBeLessThanOrEqual(6);
    const gaps = ticks.slice(1).map(({ position }, i) => position - ticks[i]!.position);
    expect(new Set(gaps).size).toBe(1);
    for (let most = 1; most < 20; most++) expect(axisTicks(odd, most).length).toBeLessThanOrEqual(most);
  });

  it('name choices and lists', () => {
    expect(labels(made(makeChoiceAxis('kind', ['sma', 'ema'])), 8)).toEqual(['sma', 'ema']);
    expect(labels(made(makeListAxis('n', ['3', '7', '20'], '3')), 8)).toEqual(['3', '7', '20']);
  });

  it('of values are exact decimals with zero among them', () => {
    expect(valueTicks(-0.4, 0.8, 6)).toEqual([-0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8]);
    expect(tickDigits([-0.4, -0.2])).toBe(1);
    expect(tickDigits([0, 0.05])).toBe(2);
    expect(tickDigits([0, 100])).toBe(0);
    expect(valueTicks(2, 2, 4)).toEqual([2]);
  });
});

describe('layout', () => {
  const margins = { left: 40, right: 8, top: 8, bottom: 38 };

  it('covers the plot with whole pixels, each in exactly one cell, at any ratio', () => {
    for (const ratio of [1, 1.25, 1.5, 2, 2.625, 3]) {
      for (const [columns, rows] of [
        [1, 1],
        [91, 56],
        [200, 200],
        [3, 2],
      ] as const) {
        const layout = layoutGrid({ width: 560, height: 420 }, margins, columns, rows, ratio, { x: 320.3, y: 75.7 });
        for (let x = 0; x < columns; x++) expect(columnEdge(layout, x + 1)).toBeGreaterThan(columnEdge(layout, x));
        for (let y = 0; y < rows; y++) expect(rowEdge(layout, y - 1)).toBeGreaterThan(rowEdge(layout, y));
        expect([columnEdge(layout, 0), columnEdge(layout, columns)]).toEqual([0, layout.width]);
        expect([rowEdge(layout, rows - 1), rowEdge(layout, -1)]).toEqual([0, layout.height]);
        const corner = (layout.left + 320.3) * ratio;
        expect(Math.abs(corner - Math.round(corner))).toBeLessThan(1e-6);
      }
    }
  });

  it('gives equal cells where that wastes little', () => {
    const layout = layoutGrid({ width: 560, height: 420 }, margins, 50, 50, 1);
    expect(layout.width % 50).toBe(0);
    expect(layout.width).toBeGreaterThan(0.92 * (560 - 48));
  });

  it('finds the cell under a point; y 0 is at the bottom', () => {
    const layout = layoutGrid({ width: 560, height: 420 }, margins, 91, 56, 2);
    for (const [x, y] of [
      [0, 0],
      [90, 55],
      [37, 15],
    ] as const) {
      const r = cellRect(layout, x, y);
      expect(cellAt(layout, r.x - layout.left + r.width / 2, r.y - layout.top + r.height / 2)).toEqual([x, y]);
    }
    expect(cellAt(layout, -5, 1e6)).toEqual([0, 0]);
  });
});

describe('keys', () => {
  const press = (key: string, from: readonly [number, number], ctrlKey = false): readonly [number, number] | null =>
    moveCell({ key, ctrlKey, metaKey: false }, from, 20, 40);

  it('move by one cell, to the ends and by pages', () => {
    expect(press('ArrowUp', [3, 3])).toEqual([3, 4]);
    expect(press('ArrowDown', [3, 0])).toEqual([3, 0]);
    expect(press('ArrowLeft', [0, 3])).toEqual([0, 3]);
    expect(press('ArrowRight', [3, 3], true)).toEqual([19, 3]);
    expect(press('Home', [3, 3])).toEqual([0, 3]);
    expect(press('End', [3, 3], true)).toEqual([19, 0]);
    expect(press('PageUp', [3, 3])).toEqual([3, 13]);
    expect(press('PageDown', [3, 3])).toEqual([3, 0]);
    expect(press('a', [3, 3])).toBe(null);
  });
});

describe('notes', () => {
  function blank(width: number, height: number): Surface {
    const rows = createRows({ rowCount: 0, axisCount: 2, metrics: [4] }, (bytes) => new ArrayBuffer(bytes));
    return createSurface(
      rows,
      [width, height],
      { x: 0, y: 1, fixed: [null, null], aggregate: 'best', column: 0, direction: 'max' },
      null,
    );
  }

  it('stand in the widest band that was not run', () => {
    const surface = blank(10, 4);
    for (let y = 0; y < 4; y++) for (let x = 0; x < 4; x++) surface.reasons[y * 10 + x] = COMPLETE;
    expect(blankMiddle(surface)).toEqual({ x: 0.7, y: 0.5 });
    surface.reasons.fill(COMPLETE);
    expect(blankMiddle(surface)).toBe(null);
  });

  it('stand in a corner only where every cell lies outside the space', () => {
    const surface = blank(10, 10);
    for (let y = 7; y < 10; y++) for (let x = 0; x < 4; x++) surface.reasons[y * 10 + x] = CELL_EXCLUDED;
    expect(excludedCorner(surface, 4, 3)).toEqual({ right: false, bottom: false });
    expect(excludedCorner(surface, 5, 3)).toBe(null);
    expect(excludedCorner(surface, 11, 1)).toBe(null);
  });
});

describe('line', () => {
  it('keeps extremes and gaps when it thins', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 50));
    values[5432] = 9;
    values[1234] = NaN;
    const kept = thinCells(values, 300);
    expect(kept).toContain(5432);
    expect(kept).toContain(1234);
    expect(kept.length).toBeLessThan(700);
    expect(thinCells(values.subarray(0, 5), 300)).toEqual([0, 1, 2, 3, 4]);
  });

  it('breaks at cells without a value', () => {
    const path = linePath(
      [0, 1, 2, 3],
      Float64Array.of(1, NaN, 2, 3),
      (cell) => cell,
      (value) => value,
    );
    expect(path).toBe('M0.0 1.0M2.0 2.0L3.0 3.0');
  });

  it('collects runs of reasons', () => {
    expect(reasonRuns(Uint8Array.of(CELL_NOT_RUN, CELL_NOT_RUN, 1, 2))).toEqual([
      { reason: 0, from: 0, to: 1 },
      { reason: 1, from: 2, to: 2 },
      { reason: 2, from: 3, to: 3 },
    ]);
  });
});

describe('table', () => {
  it('scrolls one to one up to the height that elements can have', () => {
    const span = scrollSpan(1000, 24);
    expect(span).toEqual({ element: 24_000, content: 24_000 });
    expect(scrolledOffset(span, 300, 0, 0, 480)).toBe(480);
    expect(scrolledOffset(span, 300, 0, 0, 99_999)).toBe(23_700);
  });

  it('reaches every one of a million rows: steps count one to one, drags are scaled, ends meet', () => {
    const span = scrollSpan(1_000_000, 36);
    expect(span.element).toBeLessThan(16_000_000);
    const end = span.element - 300;
    expect(scrolledOffset(span, 300, 5000, 2000, 2100)).toBe(5100);
    expect(scrolledOffset(span, 300, 0, 0, end)).toBe(36_000_000 - 300);
    expect(scrolledOffset(span, 300, 9e6, 4e6, 0)).toBe(0);
    expect(scrolledOffset(span, 300, 0, 0, end / 2)).toBeCloseTo((36_000_000 - 300) / 2, 0);
  });

  it('shows the objective first, then the axes, and turns the sort around on a second press', () => {
    const rows = createRows({ rowCount: 3, axisCount: 1, metrics: [0, 4, 8] }, (bytes) => new ArrayBuffer(bytes));
    const columns = tableColumns(rows, [made(makeRangeAxis('fast', '5', '60', '1', '5'))], 1);
    expect(columns.map(({ key }) => key)).toEqual([
      'rank',
      'metric sharpe',
      'axis fast',
      'metric finalEquity',
      'metric trades',
      'state',
    ]);
    const first = { kind: 'metric', column: 1, direction: 'max' } as const;
    expect(nextSort(first, columns[1]!, 'max')).toEqual({ ...first, direction: 'min' });
    expect(nextSort(first, columns[2]!, 'max')).toEqual({ kind: 'axis', axis: 0, direction: 'min' });
    expect(nextSort(first, columns[0]!, 'max')).toBe(null);
  });
});
