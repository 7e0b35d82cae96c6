/** Answers true the first time it is asked about a row, so that a row which arrives twice counts once. One bit per row. */
export interface Once {
  first(row: number): boolean;
  clear(): void;
}

export function createOnce(rowCount: number): Once {
  const seen = new Uint8Array(Math.ceil(rowCount / 8));
  return {
    first(row) {
      const bit = 1 << (row & 7);
      if ((seen[row >> 3]! & bit) !== 0) return false;
      seen[row >> 3]! |= bit;
      return true;
    },
    clear: () => void seen.fill(0),
  };
}
