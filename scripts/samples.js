import path from 'node:path';
import { bundle, ROOT } from './bundle.js';
import { runNode } from './run.js';

// `npm run samples`: writes the synthetic sample files of the page from their seeds.
const built = await bundle({ 'make-samples': path.join(ROOT, 'src/headless/make-samples.ts') }, 'samples');
process.exitCode = await runNode([path.join(built, 'make-samples.js'), path.join(ROOT, 'public/samples')]);
