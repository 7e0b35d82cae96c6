import path from 'node:path';
import { ensureHeadless } from './bundle.js';
import { runNode } from './run.js';

// `npm run --silent inspect -- FILE`: what is read from a price file, built when it is missing or older than the sources.
const cli = await ensureHeadless();
process.exitCode = await runNode([path.join(path.dirname(cli), 'inspect.js'), ...process.argv.slice(2)]);
