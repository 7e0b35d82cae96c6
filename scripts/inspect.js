import { ensureHeadless } from './bundle.js';
import { runNode } from './run.js';

// `npm run --silent inspect -- FILE`: what is read from a price file, built when it is missing or older than the sources.
const program = await ensureHeadless('inspect');
process.exitCode = await runNode([program, ...process.argv.slice(2)]);
