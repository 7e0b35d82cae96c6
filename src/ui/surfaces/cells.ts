import { fillRun } from '../../results/grid-cells.ts';
import {
  CELL_FAILED,
  CELL_NOT_RUN,
  CELL_RUINED,
  CELL_UNDEFINED,
  CELL_VALUE,
  type Box,
  type Surface,
} from '../../results/surface.ts';
import { packHex, tableMapping, type ColorScale, type Palette } from '../colors.ts';
import { columnEdge, rowEdge, type GridLayout } from './layout.ts';
import { createPatterns, type Patterns } from './patterns.ts';

type ColoredCells = Pick<Surface, 'width' | 'height' | 'values' | 'reasons' | 'known'>;

/** Colours of a surface's cells inside a box, one pixel per cell, the top row of pixels being the highest row of cells. */
export function colorCells(surface: ColoredCells, scale: ColorScale, palette: Palette, box: Box, out: Uint32Array): void {
  const { width, height, values, reasons, known } = surface;
  const table = scale.signed ? palette.diverging : palette.sequential;
  const [offset, factor] = tableMapping(scale);
  const blank = new Uint32Array(CELL_UNDEFINED + 1); // of cells without a value, by their reason
  blank[CELL_RUINED] = packHex(palette.lossWeak);
  blank[CELL_FAILED] = packHex(palette.faultWeak);
  if (known && (known.low - offset) * factor >= -WHOLE && (known.high - offset) * factor < WHOLE) {
    colorKnown(surface, [offset, factor], table, blank, box, out);
    return;
  }
  for (let y = box.y0; y <= box.y1; y++) {
    const end = y * width + box.x1;
    let pixel = (height - 1 - y) * width + box.x0;
    for (let cell = y * width + box.x0; cell <= end; cell++, pixel++) {
      const at = (values[cell]! - offset) * factor;
      // NaN fails both comparisons: the reason is looked at only there.
      if (at >= 255) out[pixel] = table[255]!;
      else if (at < 255) out[pixel] = table[at > 0 ? at | 0 : 0]!;
      else out[pixel] = blank[reasons[cell]!]!;
    }
  }
}

const WHOLE = 2 ** 31; // `| 0` cuts off the fraction of numbers below it, and nothing else

/** Where it is known that `| 0` only cuts fractions off, and NaN, which is slow to cut, is passed over with its whole run of cells. */
function colorKnown(
  { width, height, values, reasons }: ColoredCells,
  [offset, factor]: readonly [number, number],
  table: Uint32Array,
  blank: Uint32Array,
  box: Box,
  out: Uint32Array,
): void {
  for (let y = box.y0; y <= box.y1; y++) {
    const end = y * width + box.x1 + 1;
    const shift = (height - 1 - 2 * y) * width; // from a cell to its pixel
    let cell = y * width + box.x0;
    while (cell < end) {
      while (cell < end && reasons[cell] === CELL_VALUE) {
        let at = ((values[cell]! - offset) * factor) | 0;
        if (at >>> 0 > 255) at = at < 0 ? 0 : 255;
        out[cell + shift] = table[at]!;
        cell++;
      }
      if (cell === end) break;
      const reason = reasons[cell]!;
      const from = cell;
      while (cell < end && reasons[cell] === reason) cell++;
      fillRun(out, blank[reason]!, from + shift, cell + shift);
    }
  }
}

/** A run of rows that workers are evaluating now: [from, to). */
export type RowRange = readonly [from: number, to: number];

/** What one frame shows. */
export interface Frame {
  readonly surface: Surface;
  readonly scale: ColorScale;
  readonly palette: Palette;
  readonly layout: GridLayout;
  readonly running: readonly RowRange[];
  readonly xTicks: readonly number[]; // columns with a grid line
  readonly yTicks: readonly number[];
}

const RUNNING_ROWS = 20_000; // looked at per frame; a mark of progress needs no more
const RUNNING_ALPHA = 0.58;

/**
 * The cells' canvas. Keeps one pixel per cell and stretches them; a frame that only adds cells repaints the box they lie in.
 */
export interface CellPainter {
  paint(canvas: HTMLCanvasElement, frame: Frame): void;
}

export function createCellPainter(): CellPainter {
  const source = document.createElement('canvas');
  const pen = source.getContext('2d')!;
  let image = pen.createImageData(1, 1);
  let pixels = new Uint32Array(image.data.buffer);
  let patterns: Patterns | null = null;
  let last: Frame | null = null;
  let lit: Box = emptyBox(); // cells marked as running in the frame before

  /** One pixel per cell; a surface of another size takes new ones. */
  function resize({ width, height }: Surface): void {
    if (image.width === width && image.height === height && source.width === width && source.height === height) return;
    source.width = width;
    source.height = height;
    image = pen.createImageData(width, height);
    pixels = new Uint32Array(image.data.buffer);
  }

  function recolor(frame: Frame, changed: Box): Box {
    const { surface, scale, palette } = frame;
    Object.assign(surface.touched, emptyBox());
    colorCells(surface, scale, palette, changed, pixels);
    lit = light(frame, pixels);
    const dirty = join(changed, lit);
    const { x0, y0, x1, y1 } = dirty;
    if (x1 >= x0) pen.putImageData(image, 0, 0, x0, surface.height - 1 - y1, x1 - x0 + 1, y1 - y0 + 1);
    return dirty;
  }

  function paint(canvas: HTMLCanvasElement, frame: Frame): void {
    const { surface, palette, layout } = frame;
    const context = canvas.getContext('2d')!;
    if (last?.layout !== layout) {
      canvas.width = layout.width;
      canvas.height = layout.height;
    }
    if (patterns === null || last?.palette !== palette || last.layout.ratio !== layout.ratio) {
      patterns = createPatterns(context, palette, layout.ratio);
    }
    resize(surface);
    const whole = { x0: 0, y0: 0, x1: surface.width - 1, y1: surface.height - 1 };
    const dirty = recolor(frame, sameColors(last, frame) ? join(surface.touched, lit) : whole);
    const samePlace =
      last?.layout === layout && last.palette === palette && last.xTicks === frame.xTicks && last.yTicks === frame.yTicks;
    last = frame;
    draw(context, source, frame, samePlace ? dirty : whole, patterns);
  }

  return { paint };
}

function draw(context: CanvasRenderingContext2D, source: HTMLCanvasElement, frame: Frame, box: Box, patterns: Patterns): void {
  if (box.x1 < box.x0) return;
  const { layout, surface, palette } = frame;
  const left = columnEdge(layout, box.x0);
  const top = rowEdge(layout, box.y1);
  const width = columnEdge(layout, box.x1 + 1) - left;
  const height = rowEdge(layout, box.y0 - 1) - top;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.clearRect(left, top, width, height);
  context.fillStyle = palette.grid;
  const line = Math.max(1, Math.round(layout.ratio));
  const middle = (a: number, b: number): number => Math.floor((a + b - line) / 2);
  for (const x of frame.xTicks)
    context.fillRect(middle(columnEdge(layout, x), columnEdge(layout, x + 1)), 0, line, layout.height);
  for (const y of frame.yTicks) context.fillRect(0, middle(rowEdge(layout, y), rowEdge(layout, y - 1)), layout.width, line);
  // Cells smaller than a pixel are averaged; larger ones keep hard edges.
  context.imageSmoothingEnabled = layout.width < surface.width || layout.height < surface.height;
  context.drawImage(source, 0, 0, layout.width, layout.height);
  if (surface.known?.valued !== true) patterns.fill(context, surface, layout, box);
  context.restore();
}

/** Marks the cells that are being computed and have no value yet; gives the box they lie in. */
function light({ surface, running, palette }: Frame, pixels: Uint32Array): Box {
  const box = emptyBox();
  const { width, height, reasons } = surface;
  const color = blend(packHex(palette.accent), packHex(palette.surface), RUNNING_ALPHA);
  let left = RUNNING_ROWS;
  for (const [from, to] of running) {
    for (let row = from; row < to && left > 0; row++, left--) {
      const cell = surface.cellOf(row);
      if (cell < 0 || reasons[cell] !== CELL_NOT_RUN) continue;
      const x = cell % width;
      const y = (cell - x) / width;
      pixels[(height - 1 - y) * width + x] = color;
      stretch(box, x, y);
    }
  }
  return box;
}

function blend(over: number, under: number, alpha: number): number {
  let out = 255 << 24;
  for (const shift of [0, 8, 16]) {
    out |= Math.round(((over >>> shift) & 255) * alpha + ((under >>> shift) & 255) * (1 - alpha)) << shift;
  }
  return out >>> 0;
}

/** Whether cells that did not change keep their colours. */
function sameColors(last: Frame | null, { surface, palette, scale }: Frame): boolean {
  if (last === null || last.surface !== surface || last.palette !== palette) return false;
  return last.scale.low === scale.low && last.scale.high === scale.high && last.scale.signed === scale.signed;
}

function emptyBox(): Box {
  return { x0: 0, y0: 0, x1: -1, y1: -1 };
}

function stretch(box: Box, x: number, y: number): void {
  Object.assign(box, join(box, { x0: x, y0: y, x1: x, y1: y }));
}

function join(a: Box, b: Box): Box {
  if (a.x1 < a.x0) return { ...b };
  if (b.x1 < b.x0) return { ...a };
  return { x0: Math.min(a.x0, b.x0), y0: Math.min(a.y0, b.y0), x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1) };
}
