/** The cells of the illustration on the empty page: a smooth made-up surface with a little grain. Not a result of anything. */
export interface DrawnMap {
  readonly cells: readonly { readonly column: number; readonly row: number; readonly value: number }[]; // −1 … 1
  readonly leftOut: readonly { readonly column: number; readonly row: number }[];
  readonly plateau: { readonly top: number; readonly right: number }; // row and column of its upper right corner
  /** SVG path along the edges of the plateau's cells. */
  outline(left: number, cell: number): string;
}

const PLATEAU_FROM = 0.62;

export function drawnMap(columns: number, rows: number): DrawnMap {
  const cells = [];
  const leftOut = [];
  const plateau = new Set<number>();
  let top = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const u = column / columns;
      const v = row / rows;
      if (5 + v * 55 >= 20 + u * 180) {
        leftOut.push({ column, row });
        continue;
      }
      const ridge = hill(u + 0.45 * v, v, 0.44, 0.32, 0.13, 0.2);
      const height = ridge * 0.85 + hill(u, v, 0.09, 0.55, 0.08, 0.24) * 0.6 + hill(u, v, 0.42, 0.88, 0.2, 0.16) * 0.3;
      const valley = hill(u, v, 0.9, 0.66, 0.22, 0.3) * 0.75 + hill(u, v, 0.64, 1, 0.16, 0.14) * 0.35;
      cells.push({ column, row, value: height - valley + 0.1 + grain(column, row) * 0.16 });
      if (ridge > PLATEAU_FROM) {
        plateau.add(row * columns + column);
        top = Math.max(top, row);
      }
    }
  }
  const right = Math.max(...[...plateau].filter((at) => Math.floor(at / columns) === top).map((at) => at % columns)) + 1;
  return {
    cells,
    leftOut,
    plateau: { top, right },
    outline: (left, cell) =>
      [...plateau].map((at) => edges(plateau, at % columns, Math.floor(at / columns), { columns, rows, left, cell })).join(''),
  };
}

function edges(
  inside: ReadonlySet<number>,
  column: number,
  row: number,
  on: { columns: number; rows: number; left: number; cell: number },
): string {
  const x = on.left + column * on.cell;
  const y = (on.rows - 1 - row) * on.cell;
  const has = (c: number, r: number): boolean => inside.has(r * on.columns + c);
  let path = '';
  if (!has(column, row + 1)) path += `M${x} ${y}h${on.cell}`;
  if (!has(column, row - 1)) path += `M${x} ${y + on.cell}h${on.cell}`;
  if (!has(column - 1, row)) path += `M${x} ${y}v${on.cell}`;
  if (!has(column + 1, row)) path += `M${x + on.cell} ${y}v${on.cell}`;
  return path;
}

function hill(u: number, v: number, atU: number, atV: number, widthU: number, widthV: number): number {
  return Math.exp(-(((u - atU) / widthU) ** 2) - ((v - atV) / widthV) ** 2);
}

/** −0.5 … 0.5 out of two whole numbers, the same on every visit. */
function grain(a: number, b: number): number {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return ((h ^ (h >>> 13)) >>> 0) / 4294967296 - 0.5;
}
