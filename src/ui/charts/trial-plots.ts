import type uPlot from 'uplot';
import type { Trade } from '../../metrics/report.ts';
import type { Ink } from './ink.ts';

/** One value per bar; null where there is none, which uPlot draws as a gap. */
export type Track = (number | null)[];

export interface PlotTracks {
  readonly seconds: Float64Array; // bar open times
  readonly close: Float64Array;
  readonly overlays: readonly { readonly name: string; readonly track: Track }[];
  readonly stops: Track; // price of the stop that stood through the bar
  readonly targets: Track;
  readonly equity: Track; // multiples of the capital
  readonly buyHold: Track;
  readonly drawdown: Track; // fractions ≤ 0
}

export interface PlotFrame {
  readonly ink: Ink;
  readonly phone: boolean;
  readonly syncKey: string;
}

export interface PlotContext extends PlotFrame {
  readonly trades: readonly Trade[];
  readonly onRange: (min: number, max: number) => void;
  readonly onCursor: (bar: number | null, left: number) => void;
  /** Ticks `step` apart: no more digits than that takes. */
  readonly formatPrice: (value: number, step: number) => string;
  readonly formatMultiple: (value: number, step?: number) => string;
  readonly formatPercent: (fraction: number, step: number) => string;
}

const AXIS_WIDTH = 52; // room for the widest tick and for the tags of last values
const DASHES = [[], [5, 3], [2, 3], [8, 3, 2, 3]];

export function priceOptions(tracks: PlotTracks, context: PlotContext): uPlot.Options {
  const { ink } = context;
  return {
    ...shared(context, context.formatPrice),
    series: [
      {},
      { label: 'Close', stroke: ink.price, width: 1.25, points: { show: false } },
      ...tracks.overlays.map(({ name }, k): uPlot.Series => ({
        label: name,
        stroke: ink.axis,
        width: 1.25,
        dash: DASHES[k % DASHES.length] ?? [],
        points: { show: false },
      })),
      { label: 'Stop', stroke: ink.text2, width: 1, dash: [1, 2], points: { show: false } },
      { label: 'Target', stroke: ink.text2, width: 1, dash: [6, 2], points: { show: false } },
    ],
    hooks: {
      ...hooks(context),
      drawAxes: [(u) => drawBands(u, context)],
      draw: [(u) => drawTrades(u, context)],
    },
  };
}

export function equityOptions(context: PlotContext): uPlot.Options {
  const { ink } = context;
  return {
    ...shared(context, context.formatMultiple),
    series: [
      {},
      { label: 'Buy and hold', stroke: ink.reference, width: 1.25, points: { show: false } },
      { label: 'Equity', stroke: ink.accent, width: 1.75, points: { show: false } },
    ],
    hooks: {
      ...hooks(context),
      drawAxes: [(u) => drawLevel(u, 1, ink.line2)],
      draw: [(u) => drawLastValues(u, context)],
    },
  };
}

export function drawdownOptions(context: PlotContext): uPlot.Options {
  const { ink } = context;
  const base = shared(context, context.formatPercent, true);
  return {
    ...base,
    scales: { ...base.scales, y: { range: (_u, min) => [Math.min(min, -0.001) * 1.08, 0] } },
    series: [
      {},
      { label: 'Drawdown', stroke: ink.loss, fill: alpha(ink.loss, 0.22), fillTo: 0, width: 1.25, points: { show: false } },
    ],
    hooks: hooks(context),
  };
}

/** What every picture over time shares: UTC, ticks on the right, one cursor. */
export function shared(context: PlotFrame, format: (value: number, step: number) => string, bottom = false): uPlot.Options {
  const { ink, phone, syncKey } = context;
  const font = `${phone ? 12 : 11}px ${ink.font}`;
  const grid = { stroke: ink.grid, width: 1 };
  return {
    width: 100,
    height: 100,
    padding: [8, 0, bottom ? 0 : 2, phone ? 4 : 0],
    legend: { show: false },
    // Times are UTC everywhere on the page; uPlot would use the visitor's zone.
    tzDate: utc,
    cursor: {
      sync: { key: syncKey, setSeries: false, scales: ['x', null] },
      drag: { x: true, y: false, setScale: true },
      y: false,
      points: { size: 6, width: 1.5 },
    },
    scales: { x: { time: true }, y: {} },
    series: [],
    axes: [
      {
        show: true,
        font,
        stroke: ink.text3,
        grid,
        ticks: { show: false },
        size: bottom ? 24 : 0,
        values: bottom ? dateTicks : (_u, splits) => splits.map(() => ''),
        space: 56,
      },
      onTheRight({
        font,
        stroke: ink.text3,
        grid,
        ticks: { show: false },
        size: AXIS_WIDTH,
        gap: 6,
        space: 32,
        values: (_u, splits, _axis, _space, step) => splits.map((value) => format(value, step)),
      }),
    ],
  };
}

/** uPlot's types name sides by an enum that has no value at run time. */
function onTheRight(axis: uPlot.Axis): uPlot.Axis {
  return Object.assign(axis, { side: 1 });
}

function hooks({ onRange, onCursor }: PlotContext): uPlot.Hooks.Arrays {
  return {
    setScale: [
      (u, key) => {
        const { min, max } = u.scales['x'] ?? {};
        if (key === 'x' && min != null && max != null) onRange(min, max);
      },
    ],
    setCursor: [(u) => onCursor(u.cursor.idx ?? null, u.cursor.left ?? -1)],
  };
}

/** A Date whose *local* getters give UTC's parts, which is how uPlot reads the date it is given. */
function utc(seconds: number): Date {
  const date = new Date(seconds * 1000);
  return new Date(
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
}

/** Half of a date's width, pixels. */
const HALF_LABEL = 16;

/** 2024 · 2024-03 · 03-15 · 14:30, by how far apart the ticks are. */
function dateTicks(u: uPlot, splits: number[], _axis: number, _space: number, step: number): string[] {
  const day = 86_400;
  return splits.map((seconds) => {
    if (u.valToPos(seconds, 'x') < HALF_LABEL) return ''; // the plot's edge would cut it
    const text = new Date(seconds * 1000).toISOString();
    if (step >= 300 * day) return text.slice(0, 4);
    if (step >= 27 * day) return text.slice(0, 7);
    if (step >= day) return text.slice(5, 10);
    return text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16);
  });
}

/** Time in position, tinted by how the trade ended. */
function drawBands(u: uPlot, { trades, ink }: PlotContext): void {
  const { ctx, bbox } = u;
  ctx.save();
  for (const trade of visible(u, trades)) {
    const from = clampX(u, time(u, trade.entryBar));
    const width = Math.max(1, clampX(u, time(u, trade.exitBar)) - from);
    ctx.fillStyle = alpha(trade.pnl > 0 ? ink.gain : ink.loss, 0.13);
    ctx.fillRect(from, bbox.top, width, bbox.height);
  }
  ctx.restore();
}

const MARKS = 600; // beyond this many visible trades marks would be a smear: bands alone are drawn

/** Entry: filled triangle, up for long and down for short. Exit: the hollow opposite. */
function drawTrades(u: uPlot, context: PlotContext): void {
  const shown = visible(u, context.trades);
  if (shown.length > MARKS) return;
  const { ctx } = u;
  const size = 5 * devicePixelRatio;
  ctx.save();
  ctx.setLineDash([]); // the last series left its own
  for (const trade of shown) {
    const up = trade.side === 'long' ? 1 : -1;
    const mark = (bar: number, price: number, direction: number, filled: boolean): void => {
      const x = u.valToPos(time(u, bar), 'x', true);
      const y = u.valToPos(price, 'y', true);
      if (x < u.bbox.left - size || x > u.bbox.left + u.bbox.width + size) return;
      ctx.beginPath();
      ctx.moveTo(x, y - direction * size);
      ctx.lineTo(x + size, y + direction * size * 0.8);
      ctx.lineTo(x - size, y + direction * size * 0.8);
      ctx.closePath();
      ctx.lineWidth = 3.5 * devicePixelRatio;
      ctx.strokeStyle = context.ink.halo;
      ctx.stroke();
      ctx.lineWidth = 1.25 * devicePixelRatio;
      ctx.fillStyle = filled ? context.ink.text : context.ink.halo;
      ctx.strokeStyle = context.ink.text;
      ctx.fill();
      ctx.stroke();
    };
    mark(trade.entryBar, trade.entryPrice, up, true);
    if (!trade.open) mark(trade.exitBar, trade.exitPrice, -up, false);
  }
  ctx.restore();
}

export function drawLevel(u: uPlot, value: number, stroke: string): void {
  const { min, max } = u.scales['y'] ?? {};
  if (min == null || max == null || value < min || value > max) return;
  const { ctx, bbox } = u;
  const y = Math.round(u.valToPos(value, 'y', true)) + 0.5;
  ctx.save();
  ctx.setLineDash([]);
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** Tags with the last visible value on the right axis, pushed apart where they would touch. */
function drawLastValues(u: uPlot, { ink, phone, formatMultiple }: PlotContext): void {
  const last = u.series[0]?.idxs?.[1] ?? u.data[0].length - 1;
  const tags = [
    { value: u.data[2]?.[last], fill: ink.accent },
    { value: u.data[1]?.[last], fill: ink.text3 },
  ].flatMap(({ value, fill }) => (value == null ? [] : [{ value, fill, y: u.valToPos(value, 'y', true) }]));
  const height = 16 * devicePixelRatio;
  const [first, second] = tags;
  if (first && second && Math.abs(first.y - second.y) < height + 1) {
    const middle = (first.y + second.y) / 2;
    const sign = first.y <= second.y ? -1 : 1;
    first.y = middle + (sign * (height + 1)) / 2;
    second.y = middle - (sign * (height + 1)) / 2;
  }
  const { ctx, bbox } = u;
  ctx.save();
  ctx.font = `600 ${(phone ? 12 : 11) * devicePixelRatio}px ${ink.font}`;
  ctx.textBaseline = 'middle';
  for (const { value, fill, y } of tags) {
    const text = formatMultiple(value);
    const x = bbox.left + bbox.width + 2 * devicePixelRatio;
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.roundRect(x, y - height / 2, ctx.measureText(text).width + 8 * devicePixelRatio, height, 3 * devicePixelRatio);
    ctx.fill();
    ctx.fillStyle = ink.surface;
    ctx.fillText(text, x + 4 * devicePixelRatio, y + devicePixelRatio / 2);
  }
  ctx.restore();
}

function visible(u: uPlot, trades: readonly Trade[]): Trade[] {
  const { min, max } = u.scales['x'] ?? {};
  if (min == null || max == null) return [];
  return trades.filter((trade) => time(u, trade.exitBar) >= min && time(u, trade.entryBar) <= max);
}

function time(u: uPlot, bar: number): number {
  return u.data[0][bar] ?? 0;
}

function clampX(u: uPlot, seconds: number): number {
  const x = u.valToPos(seconds, 'x', true);
  return Math.min(Math.max(x, u.bbox.left), u.bbox.left + u.bbox.width);
}

function alpha(color: string, opacity: number): string {
  return `color-mix(in srgb, ${color} ${opacity * 100}%, transparent)`;
}
