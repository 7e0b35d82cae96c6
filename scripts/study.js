import { ensureHeadless } from './bundle.js';
import { runNode } from './run.js';

// `npm run --silent study -- …`: the command line, built when it is missing or older than the sources.
const cli = await ensureHeadless();
process.exitCode = await runNode([cli, ...process.argv.slice(2)]);
