import { moveCell } from './keys.ts';

/** A rectangle of cells, both ends included; y 0 is the lowest row. */
export interface CellBox {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

type Cell = readonly [x: number, y: number];

/** Drawing a rectangle over the cells of a map. */
export interface Drag {
  /** What is being drawn now; null while nothing is. */
  readonly box: CellBox | null;
  begin(cell: Cell, event: PointerEvent, allowed: boolean): void;
  /** @returns whether a rectangle is being drawn */
  move(cell: Cell, event: PointerEvent): boolean;
  /** @returns the rectangle, null where the pointer was not moved: then it was a click */
  end(): CellBox | null;
  /** What Shift with a key of movement makes of the rectangle; null for other keys. */
  grow(event: KeyboardEvent, box: CellBox | null, chosen: Cell, width: number, height: number): CellBox | null;
}

const THRESHOLD = 5; // CSS px that a pointer may tremble in a click

export function createDrag(): Drag {
  let from: { cell: Cell; x: number; y: number } | null = null;
  let box = $state.raw<CellBox | null>(null);
  let moving: Cell | null = null; // the corner that keys move

  return {
    get box() {
      return box;
    },
    begin(cell, event, allowed) {
      if (!allowed || event.button !== 0 || event.pointerType === 'touch') return;
      from = { cell, x: event.clientX, y: event.clientY };
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
    },
    move(cell, event) {
      if (from === null) return false;
      if (box === null && Math.hypot(event.clientX - from.x, event.clientY - from.y) < THRESHOLD) return false;
      box = between(from.cell, cell);
      return true;
    },
    end() {
      const drawn = box;
      from = null;
      box = null;
      moving = null;
      return drawn;
    },
    grow(event, now, chosen, width, height) {
      // A corner moves, the chosen cell stays in the other one.
      const corner: Cell = now === null ? chosen : (moving ?? [now.x1, now.y1]);
      const next = moveCell(event, corner, width, height);
      if (next === null) return null;
      moving = next;
      return between(chosen, next);
    },
  };
}

function between(a: Cell, b: Cell): CellBox {
  return {
    x0: Math.min(a[0], b[0]),
    x1: Math.max(a[0], b[0]),
    y0: Math.min(a[1], b[1]),
    y1: Math.max(a[1], b[1]),
  };
}
