/**
 * Where a key moves the selected cell of a grid; null for keys that are not movements. Up is towards larger y, as drawn. No
 * cell is skipped: an empty one says why it is empty.
 *
 * @param from [x, y]
 */
export function moveCell(
  event: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean },
  from: readonly [number, number],
  width: number,
  height: number,
): readonly [number, number] | null {
  const [x, y] = from;
  const far = event.ctrlKey || event.metaKey;
  const page = Math.max(1, Math.min(10, Math.floor(height / 4)));
  const cut = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
  switch (event.key) {
    case 'ArrowLeft':
      return [far ? 0 : cut(x - 1, width), y];
    case 'ArrowRight':
      return [far ? width - 1 : cut(x + 1, width), y];
    case 'ArrowUp':
      return [x, far ? height - 1 : cut(y + 1, height)];
    case 'ArrowDown':
      return [x, far ? 0 : cut(y - 1, height)];
    case 'Home':
      return [0, far ? height - 1 : y];
    case 'End':
      return [width - 1, far ? 0 : y];
    case 'PageUp':
      return [x, cut(y + page, height)];
    case 'PageDown':
      return [x, cut(y - page, height)];
    default:
      return null;
  }
}
