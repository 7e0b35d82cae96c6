import {
  CELL_EXCLUDED,
  CELL_FAILED,
  CELL_NO_TRADES,
  CELL_RUINED,
  CELL_UNDEFINED,
  CELL_WARMUP,
  type Box,
  type Surface,
} from '../../results/surface.ts';
import type { Palette } from '../colors.ts';
import { columnEdge, rowEdge, type GridLayout } from './layout.ts';

/** Marks of cells without a value: the reason is a shape, never a colour alone. */
export interface Patterns {
  fill(context: CanvasRenderingContext2D, surface: Surface, layout: GridLayout, box: Box): void;
}

const BIG_CELL = 9; // CSS px: from here on crosses and diamonds are drawn once per cell

const SMALL_MARK = 9; // CSS px

type Pen = (pen: CanvasRenderingContext2D, size: number) => void;

export function createPatterns(context: CanvasRenderingContext2D, palette: Palette, ratio: number): Patterns {
  const tile = (cssSize: number, draw: Pen): CanvasPattern => {
    const size = Math.max(2, Math.round(cssSize * ratio));
    const canvas = document.createElement('canvas');
    canvas.width = size;
    canvas.height = size;
    const pen = canvas.getContext('2d')!;
    pen.lineWidth = ratio;
    draw(pen, size);
    return context.createPattern(canvas, 'repeat')!;
  };
  const marks = new Map<number, CanvasPattern>([
    [CELL_EXCLUDED, tile(5, hatch(palette.hatch))],
    [CELL_NO_TRADES, tile(5, dots(palette.text3))],
    [CELL_UNDEFINED, tile(7, dash(palette.text3))],
    [CELL_WARMUP, tile(7, rising(palette.text3))],
    [CELL_RUINED, tile(7, cross(palette.loss))],
    [CELL_FAILED, tile(8, diamond(palette.fault))],
  ]);
  const byReason = Array.from({ length: CELL_UNDEFINED + 1 }, (_, reason) => marks.get(reason));
  const single = new Map<number, Pen>([
    [CELL_RUINED, cross(palette.loss)],
    [CELL_FAILED, diamond(palette.fault)],
  ]);

  const solid = new Map([
    [CELL_RUINED, palette.loss],
    [CELL_FAILED, palette.fault],
  ]);

  function fill(target: CanvasRenderingContext2D, surface: Surface, layout: GridLayout, box: Box): void {
    const { width, reasons } = surface;
    const tallness = (x: number, y: number, reason: number): number => {
      let from = y;
      let to = y;
      while (from > 0 && y - from < SMALL_MARK && reasons[(from - 1) * width + x] === reason) from--;
      while (to + 1 < surface.height && to - y < SMALL_MARK && reasons[(to + 1) * width + x] === reason) to++;
      return to - from + 1;
    };
    const big = layout.width / layout.columns >= BIG_CELL * ratio && layout.height / layout.rows >= BIG_CELL * ratio;
    for (let y = box.y0; y <= box.y1; y++) {
      const top = rowEdge(layout, y);
      const height = rowEdge(layout, y - 1) - top;
      if (height === 0) continue; // thinner than a pixel: its neighbours are drawn in its place
      for (let x = box.x0; x <= box.x1; x++) {
        const reason = reasons[y * width + x]!;
        const mark = byReason[reason];
        if (mark === undefined) continue;
        const alone = big ? single.get(reason) : undefined;
        const first = x;
        if (alone === undefined) x += alikeAfter(reasons, y * width + x, y * width + box.x1);
        const left = columnEdge(layout, first);
        const right = columnEdge(layout, x + 1);
        if (alone === undefined) {
          // A mark larger than its patch would be cut to nothing: what went wrong is then a solid dot of its colour.
          const lonely = right - left < SMALL_MARK * ratio && tallness(first, y, reason) * height < SMALL_MARK * ratio;
          target.fillStyle = (lonely ? solid.get(reason) : undefined) ?? mark;
          target.fillRect(left, top, right - left, height);
          continue;
        }
        const size = Math.min(right - left, height);
        target.save();
        target.translate((left + right - size) / 2, top + (height - size) / 2);
        target.lineWidth = 1.25 * ratio;
        alone(target, size);
        target.restore();
      }
    }
  }

  return { fill };
}

/** How many cells after one have the same reason without a gap, up to a last one. */
function alikeAfter(reasons: Uint8Array, cell: number, last: number): number {
  let end = cell;
  while (end < last && reasons[end + 1] === reasons[cell]) end++;
  return end - cell;
}

function hatch(color: string): Pen {
  return (pen, size) => {
    pen.strokeStyle = color;
    pen.beginPath();
    // Three strokes, so that the corners of neighbouring tiles join.
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift - 1, size + 1);
      pen.lineTo(shift + size + 1, -1);
    }
    pen.stroke();
  };
}

function dots(color: string): Pen {
  return (pen, size) => {
    pen.fillStyle = color;
    pen.beginPath();
    pen.arc(size / 2, size / 2, Math.max(0.6, size * 0.14), 0, 7);
    pen.fill();
  };
}

function dash(color: string): Pen {
  return (pen, size) => {
    pen.fillStyle = color;
    pen.fillRect(Math.round(size * 0.25), Math.round(size * 0.5), Math.round(size * 0.5), Math.max(1, Math.round(size / 7)));
  };
}

function rising(color: string): Pen {
  return (pen, size) => {
    pen.fillStyle = color;
    for (let k = 0; k < 3; k++) {
      const side = Math.max(1, Math.round(size / 7));
      pen.fillRect(Math.round(size * (0.2 + 0.22 * k)), Math.round(size * (0.7 - 0.2 * k)), side, side);
    }
  };
}

function cross(color: string): Pen {
  return (pen, size) => {
    const inset = size * 0.22;
    pen.strokeStyle = color;
    pen.beginPath();
    pen.moveTo(inset, inset);
    pen.lineTo(size - inset, size - inset);
    pen.moveTo(size - inset, inset);
    pen.lineTo(inset, size - inset);
    pen.stroke();
  };
}

function diamond(color: string): Pen {
  return (pen, size) => {
    const half = size / 2;
    const reach = size * 0.28;
    pen.strokeStyle = color;
    pen.beginPath();
    pen.moveTo(half, half - reach);
    pen.lineTo(half + reach, half);
    pen.lineTo(half, half + reach);
    pen.lineTo(half - reach, half);
    pen.closePath();
    pen.stroke();
  };
}
