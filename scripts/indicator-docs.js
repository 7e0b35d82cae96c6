import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, ROOT } from './bundle.js';

// `npm run docs:indicators`: docs/indicators.md from the catalogue that the compiler uses.
const built = await bundle({ 'indicator-docs': path.join(ROOT, 'src/indicators/docs.ts') }, 'indicator-docs');
/** @type {{ indicatorDocs: () => string }} */
const { indicatorDocs } = await import(pathToFileURL(path.join(built, 'indicator-docs.js')).href);
writeFileSync(path.join(ROOT, 'docs/indicators.md'), indicatorDocs());
