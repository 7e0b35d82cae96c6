import type { Contour } from '../../results/contours.ts';
import type { Surface } from '../../results/surface.ts';
import { columnEdge, rowEdge, type GridLayout } from './layout.ts';

/** What lies over the cells: veil, contours and the outline of the plateau. Colours as CSS text. */
export interface MapLines {
  readonly contours: readonly Contour[]; // in cells of the surface
  /** 1 for cells of the plateau; null for none. */
  readonly region: Uint8Array | null;
  /** 1 for cells that a brush leaves; the others are veiled. Null: nothing is brushed. */
  readonly brushed: Uint8Array | null;
}

export interface LineInk {
  readonly contour: string;
  readonly mark: string;
  readonly halo: string;
  readonly surface: string;
}

const VEIL = 0.72;

export function drawLines(
  context: CanvasRenderingContext2D,
  surface: Surface,
  layout: GridLayout,
  lines: MapLines,
  ink: LineInk,
): void {
  context.clearRect(0, 0, layout.width, layout.height);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  if (lines.brushed !== null) veil(context, surface, layout, lines.brushed, ink.surface);
  context.strokeStyle = ink.contour;
  for (const { level, segments } of lines.contours) {
    context.lineWidth = (level === 0 ? 1.75 : 1) * layout.ratio;
    context.stroke(contourPath(segments, layout));
  }
  if (lines.region === null) return;
  const outline = outlinePath(lines.region, surface, layout);
  for (const [color, width] of [
    [ink.halo, 4],
    [ink.mark, 1.75],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width * layout.ratio;
    context.stroke(outline);
  }
}

function contourPath(segments: Float32Array, layout: GridLayout): Path2D {
  const path = new Path2D();
  const sx = layout.width / layout.columns;
  const sy = layout.height / layout.rows;
  for (let i = 0; i < segments.length; i += 4) {
    path.moveTo((segments[i]! + 0.5) * sx, layout.height - (segments[i + 1]! + 0.5) * sy);
    path.lineTo((segments[i + 2]! + 0.5) * sx, layout.height - (segments[i + 3]! + 0.5) * sy);
  }
  return path;
}

/** Along the edges between cells that belong and cells that do not. */
export function outlinePath(region: Uint8Array, { width, height }: Surface, layout: GridLayout): Path2D {
  const path = new Path2D();
  const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && region[y * width + x] === 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!inside(x, y)) continue;
      const left = columnEdge(layout, x);
      const right = columnEdge(layout, x + 1);
      const top = rowEdge(layout, y);
      const bottom = rowEdge(layout, y - 1);
      if (!inside(x - 1, y)) line(path, left, top, left, bottom);
      if (!inside(x + 1, y)) line(path, right, top, right, bottom);
      if (!inside(x, y + 1)) line(path, left, top, right, top);
      if (!inside(x, y - 1)) line(path, left, bottom, right, bottom);
    }
  }
  return path;
}

function line(path: Path2D, x0: number, y0: number, x1: number, y1: number): void {
  path.moveTo(x0, y0);
  path.lineTo(x1, y1);
}

/** Covers what is not brushed with paper; runs of cells at a time. */
function veil(
  context: CanvasRenderingContext2D,
  { width, height }: Surface,
  layout: GridLayout,
  brushed: Uint8Array,
  paper: string,
): void {
  context.save();
  context.globalAlpha = VEIL;
  context.fillStyle = paper;
  for (let y = 0; y < height; y++) {
    const top = rowEdge(layout, y);
    const tall = rowEdge(layout, y - 1) - top;
    for (let x = 0; x < width; x++) {
      if (brushed[y * width + x] === 1) continue;
      const from = x;
      while (x + 1 < width && brushed[y * width + x + 1] !== 1) x++;
      const left = columnEdge(layout, from);
      context.fillRect(left, top, columnEdge(layout, x + 1) - left, tall);
    }
  }
  context.restore();
}
