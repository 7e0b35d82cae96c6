import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { createRows } from '../../src/metrics/rows.ts';
import { METRICS } from '../../src/metrics/columns.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import { shownOf } from '../../src/ui/surfaces/shown.ts';
import { createDistribution } from '../../src/results/distribution.ts';
import { fullOrder } from '../../src/results/ranking.ts';
import { defaultSpec } from '../../src/results/spec.ts';
import { bestCell, createSurface } from '../../src/results/surface.ts';
import { makeRangeAxis } from '../../src/space/make-axis.ts';
import { colorScale } from '../../src/ui/colors.ts';
import HeatMap from '../../src/ui/surfaces/HeatMap.svelte';
import Table from '../../src/ui/surfaces/Table.svelte';
import '../../src/ui/tokens.css';
import '../../src/ui/base.css';

function axis(name: string, low: string, high: string) {
  const made = makeRangeAxis(name, low, high, '1', low);
  if (!made.ok) throw new Error('not made');
  return made.value;
}

/** A plane that rises to the right and upwards: the best trial is the last one. Columns: Sharpe, trades. */
function study(width: number, height: number) {
  const axes = [axis('fast', '1', String(height)), axis('slow', '1', String(width))];
  const rows = createRows({ rowCount: width * height, axisCount: 2, metrics: [4, 8] }, (bytes) => new ArrayBuffer(bytes));
  for (let row = 0; row < width * height; row++) {
    rows.positions[0]![row] = Math.floor(row / width);
    rows.positions[1]![row] = row % width;
    rows.columns[0]![row] = row / (width * height) - 0.5;
    rows.columns[1]![row] = row;
    rows.states[row] = COMPLETE;
  }
  const distribution = createDistribution(rows, 0);
  distribution.update(0, rows.rowCount);
  return { axes, rows, scale: colorScale(distribution, true, null) };
}

let component: Record<string, unknown> | null = null;
let target: HTMLElement | null = null;

function place(width: number, height: number): HTMLElement {
  document.documentElement.dataset.theme = 'light';
  target = document.createElement('div');
  target.style.width = `${width}px`;
  target.style.height = `${height}px`;
  document.body.append(target);
  return target;
}

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

afterEach(async () => {
  if (component !== null) await unmount(component);
  component = null;
  target?.remove();
});

function press(on: Element, key: string): void {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}

describe('heat map', () => {
  async function show(said: string[]): Promise<Element> {
    const { axes, rows, scale } = study(20, 10);
    const sizes = axes.map(({ size }) => size);
    const surface = createSurface(rows, sizes, defaultSpec(axes, 0, 'max'), null);
    surface.rebuild(rows.rowCount);
    component = mount(HeatMap, {
      target: place(600, 400),
      props: {
        surface,
        version: 0,
        rows,
        axes,
        xAxis: axes[1]!,
        yAxis: axes[0]!,
        shown: shownOf(METRICS[4]!, 'trial', null),
        scale,
        selected: 21,
        best: bestCell(surface),
        onselect: (row: number, cell: number) => said.push(`select ${row} ${cell}`),
        onopen: (row: number) => said.push(`open ${row}`),
      },
    });
    flushSync();
    await frame();
    return target!.querySelector('[role=grid]')!;
  }

  it('paints each cell in the colour of its value, the low end at the bottom left', async () => {
    await show([]);
    const canvas = target!.querySelector('canvas')!;
    const context = canvas.getContext('2d')!;
    const color = (x: number, y: number): Uint8ClampedArray => context.getImageData(x, y, 1, 1).data;
    const low = color(3, canvas.height - 3);
    const high = color(canvas.width - 3, 3);
    expect(low[0]).toBeGreaterThan(low[2]!); // vermilion
    expect(high[2]).toBeGreaterThan(high[0]!); // teal
  });

  it('moves with the keys, opens with Enter, and says where it is', async () => {
    const said: string[] = [];
    const grid = await show(said);
    expect(grid.textContent).toMatch(/fast 2, slow 2: Sharpe −0\.\d+/);
    for (const key of ['ArrowRight', 'ArrowUp', 'Enter', 'x']) press(grid, key);
    expect(said).toEqual(['select 22 22', 'select 41 41', 'open 21']);
  });

  it('selects what is clicked and shows every stored metric of what is pointed at', async () => {
    const said: string[] = [];
    const grid = await show(said);
    const { right, top } = grid.getBoundingClientRect();
    const at = { clientX: right - 4, clientY: top + 4, bubbles: true };
    grid.dispatchEvent(new PointerEvent('pointermove', { ...at, pointerType: 'mouse' }));
    flushSync();
    expect(target!.textContent).toMatch(/Trades\s*199/);
    grid.dispatchEvent(new MouseEvent('click', at));
    grid.dispatchEvent(new MouseEvent('dblclick', at));
    expect(said).toEqual(['select 199 199', 'open 199']);
  });
});

describe('table', () => {
  it('draws only what is in sight of a hundred thousand rows, and reaches the last', async () => {
    const { axes, rows, scale } = study(400, 250);
    const said: string[] = [];
    component = mount(Table, {
      target: place(700, 300),
      props: {
        rows,
        axes,
        order: fullOrder(rows, 0, 'max'),
        version: 0,
        objective: 0,
        scale,
        sort: { kind: 'metric', column: 0, direction: 'max' },
        selected: 99_999,
        onsort: (sort: { direction: string }) => said.push(`sort ${sort.direction}`),
        onselect: (row: number) => said.push(`select ${row}`),
        onopen: (row: number) => said.push(`open ${row}`),
      },
    });
    flushSync();
    await frame();
    const grid = target!.querySelector('table')!;
    const lines = (): HTMLTableRowElement[] => [...grid.querySelectorAll<HTMLTableRowElement>('tbody tr')];
    expect(lines().length).toBeLessThan(20);
    expect(lines()[0]!.getAttribute('aria-selected')).toBe('true');
    press(grid, 'ArrowDown');
    press(grid, 'Enter');
    grid.querySelector<HTMLButtonElement>('th[aria-sort] button')!.click();
    expect(said).toEqual(['select 99998', 'open 99999', 'sort min']);
    press(grid, 'End');
    await frame();
    expect(lines().at(-1)!.textContent).toMatch(/100\u202f000/);
    expect(grid.getAttribute('aria-rowcount')).toBe('100001');
  });
});
