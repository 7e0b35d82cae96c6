import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ok } from '../../src/core/fault.ts';
import { goldenFolder } from '../support/golden-folder.ts';
import { drawnSurface, type SurfaceCase } from '../support/surface-case.ts';

// A small grid of values written out by hand, and what the views make of it: the colour of every cell as it lies on the screen, the
// pieces of every contour line, the rows that a brush holds, and the leaders with the plateau.
const tokens = readFileSync(path.join(import.meta.dirname, '../../src/ui/tokens.css'), 'utf8');

goldenFolder(path.join(import.meta.dirname, 'surfaces'), '.json', (content) =>
  Promise.resolve(ok(drawnSurface(JSON.parse(content) as SurfaceCase, tokens))),
);
