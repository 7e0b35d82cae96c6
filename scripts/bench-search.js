import path from 'node:path';
import { bundle, ROOT } from './bundle.js';
import { runNode } from './run.js';

// `npm run bench:search [-- spaces|functions|barriers|overhead]`: samplers against full grids and test functions, how long workers
// wait, and what samplers cost; see tests/bench/search.

const built = await bundle({ 'search.bench': path.join(ROOT, 'tests/bench/search/run.bench.ts') }, 'bench-search');
process.exitCode = await runNode([path.join(built, 'search.bench.js'), ...process.argv.slice(2)]);
