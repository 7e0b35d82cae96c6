/** Where a grid of cells lies in its box. Device px unless said otherwise; every edge is a whole one. */
export interface GridLayout {
  readonly ratio: number; // device px per CSS px
  readonly left: number; // CSS px from the box's left edge to the plot's
  readonly top: number;
  readonly width: number; // of the plot
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

export interface Margins {
  readonly left: number; // CSS px
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Cells get a whole number of device px where that leaves at most this share of the room unused. */
const WASTE = 0.08;

/**
 * @param box CSS px of the room
 * @param origin CSS px of the room's corner in the viewport: a fraction of a device pixel there would blur every cell
 */
export function layoutGrid(
  box: { width: number; height: number },
  margins: Margins,
  columns: number,
  rows: number,
  ratio: number,
  origin: { x: number; y: number } = { x: 0, y: 0 },
): GridLayout {
  const snap = (at: number, shift: number): number => Math.round((at + shift) * ratio) / ratio - shift;
  const left = snap(margins.left, origin.x);
  const top = snap(margins.top, origin.y);
  const room = (size: number, cells: number): number => {
    const pixels = Math.max(1, Math.floor(size * ratio));
    const whole = Math.floor(pixels / cells) * cells;
    return whole >= pixels * (1 - WASTE) ? whole : pixels;
  };
  const width = room(box.width - left - margins.right, columns);
  const height = room(box.height - top - margins.bottom, rows);
  return { ratio, left, top, width, height, columns, rows };
}

/** Device px of the left edge of column `x`; `columns` gives the right edge of the plot. */
export function columnEdge(layout: GridLayout, x: number): number {
  return Math.round((x * layout.width) / layout.columns);
}

/** Device px, from the plot's top, of the upper edge of row `y`; row 0 is the lowest, −1 gives the plot's bottom. */
export function rowEdge(layout: GridLayout, y: number): number {
  return Math.round(((layout.rows - 1 - y) * layout.height) / layout.rows);
}

/** A cell's rectangle in CSS px of the box. */
export function cellRect(layout: GridLayout, x: number, y: number): { x: number; y: number; width: number; height: number } {
  const x0 = columnEdge(layout, x);
  const y0 = rowEdge(layout, y);
  return {
    x: layout.left + x0 / layout.ratio,
    y: layout.top + y0 / layout.ratio,
    width: (columnEdge(layout, x + 1) - x0) / layout.ratio,
    height: (rowEdge(layout, y - 1) - y0) / layout.ratio,
  };
}

/** A cell's middle in CSS px of the box: [x, y]. */
export function cellCentre(layout: GridLayout, x: number, y: number): readonly [number, number] {
  const rect = cellRect(layout, x, y);
  return [rect.x + rect.width / 2, rect.y + rect.height / 2];
}

/** The cell under a point in CSS px of the plot, cut to the grid: [x, y]. */
export function cellAt(layout: GridLayout, x: number, y: number): readonly [number, number] {
  const cut = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
  const column = Math.floor((x * layout.ratio * layout.columns) / layout.width);
  const row = layout.rows - 1 - Math.floor((y * layout.ratio * layout.rows) / layout.height);
  return [cut(column, layout.columns), cut(row, layout.rows)];
}
