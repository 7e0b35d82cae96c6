import { CELL_EXCLUDED, CELL_NOT_RUN, type Surface } from '../../results/surface.ts';

/** A place for words on the map, in cells: fractions of the plot, from the left and from the top. */
export interface NotePlace {
  readonly x: number;
  readonly y: number;
}

/** Which corner has room for a note of `columns` × `rows` cells that lie outside the space; null if none has. */
export function excludedCorner(surface: Surface, columns: number, rows: number): { right: boolean; bottom: boolean } | null {
  const { width, height, reasons } = surface;
  if (columns > width || rows > height) return null;
  for (const bottom of [false, true]) {
    for (const right of [false, true]) {
      const x = right ? width - columns : 0;
      const y = bottom ? 0 : height - rows;
      let fits = true;
      for (let j = y; j < y + rows && fits; j++) {
        for (let i = x; i < x + columns && fits; i++) fits = reasons[j * width + i] === CELL_EXCLUDED;
      }
      if (fits) return { right, bottom };
    }
  }
  return null;
}

const SAMPLES = 256; // columns and rows looked at: where to put three words does not need a million cells

/** Middle of the widest band of whole columns or rows where nothing was run yet, if it is a fifth of the map; else null. */
export function blankMiddle(surface: Surface): NotePlace | null {
  if (surface.known?.finished === true) return null;
  const { width, height, reasons } = surface;
  const columns = new Uint8Array(Math.min(width, SAMPLES)); // 1: has a cell that was not run, 2: has a finished one
  const rows = new Uint8Array(Math.min(height, SAMPLES));
  for (let j = 0; j < rows.length; j++) {
    const line = Math.floor((j * height) / rows.length) * width;
    for (let i = 0; i < columns.length; i++) {
      const reason = reasons[line + Math.floor((i * width) / columns.length)]!;
      if (reason === CELL_EXCLUDED) continue;
      const mark = reason === CELL_NOT_RUN ? 1 : 2;
      columns[i]! |= mark;
      rows[j]! |= mark;
    }
  }
  const across = longestBlank(columns);
  const up = longestBlank(rows);
  if (Math.max(across.share, up.share) < 0.2) return null;
  const x = across.share >= up.share ? across.middle : 0.5;
  const y = across.share >= up.share ? 0.5 : up.middle;
  if (reasons[Math.floor(y * height) * width + Math.floor(x * width)] !== CELL_NOT_RUN) return null;
  return { x, y: 1 - y };
}

/** The longest run of marks that say "only not run", as shares of the whole. */
function longestBlank(marks: Uint8Array): { middle: number; share: number } {
  let best = { middle: 0, share: 0 };
  let from = 0;
  for (let i = 0; i <= marks.length; i++) {
    if (marks[i] === 1) continue;
    const share = (i - from) / marks.length;
    if (share > best.share) best = { middle: (from + i) / 2 / marks.length, share };
    from = i + 1;
  }
  return best;
}
