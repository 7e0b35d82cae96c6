/** Draws how many rows fall into each field: darker where more, on a logarithmic scale, so that single rows are seen too. */
export function paintDensity(
  context: CanvasRenderingContext2D,
  counts: Uint32Array,
  columns: number,
  rows: number,
  color: readonly [number, number, number],
): void {
  let most = 1;
  for (const count of counts) if (count > most) most = count;
  const scale = 1 / Math.log(1 + most);
  const image = new ImageData(columns, rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const count = counts[y * columns + x]!;
      if (count === 0) continue;
      const at = 4 * ((rows - 1 - y) * columns + x);
      image.data[at] = color[0];
      image.data[at + 1] = color[1];
      image.data[at + 2] = color[2];
      image.data[at + 3] = Math.round(90 + 165 * Math.log(1 + count) * scale);
    }
  }
  const layer = new OffscreenCanvas(columns, rows);
  layer.getContext('2d')!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(layer, 0, 0, context.canvas.width, context.canvas.height);
}

/** `#rrggbb` as three bytes. */
export function hexBytes(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
