import { CELL_FAILED, CELL_RUINED, type Surface } from '../../src/results/surface.ts';
import { packHex, tableIndex, type ColorScale, type Palette } from '../../src/ui/colors.ts';

/** The slow, obvious twin of the loops that colour cells: every pixel looks its own cell up. */
export function naiveColors(
  { width, height, values, reasons }: Pick<Surface, 'width' | 'height' | 'values' | 'reasons'>,
  scale: ColorScale,
  palette: Palette,
): number[] {
  const table = scale.signed ? palette.diverging : palette.sequential;
  return Array.from({ length: width * height }, (_, pixel) => {
    const x = pixel % width;
    const y = height - 1 - Math.floor(pixel / width);
    const value = values[y * width + x]!;
    const reason = reasons[y * width + x];
    if (!Number.isNaN(value)) return table[tableIndex(scale, value)]!;
    return reason === CELL_RUINED ? packHex(palette.lossWeak) : reason === CELL_FAILED ? packHex(palette.faultWeak) : 0;
  });
}
