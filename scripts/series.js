import { ensureHeadless } from './bundle.js';
import { runNode } from './run.js';

// `npm run --silent series -- …`: values of expressions as CSV, by the code that a sweep computes them with.
const program = await ensureHeadless('series');
process.exitCode = await runNode([program, ...process.argv.slice(2)]);
