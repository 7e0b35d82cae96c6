import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundle, ROOT } from './bundle.js';
import { runNode } from './run.js';

// `npm run verify:formats`: reads every price file of the folder that BARSWEEP_REFERENCE names and compares with its expected values.
const folder = process.env['BARSWEEP_REFERENCE'];
if (folder === undefined || !existsSync(path.join(folder, 'formats/expected.json'))) {
  console.log('Skipped: BARSWEEP_REFERENCE names no folder with formats/expected.json.');
} else {
  const built = await bundle({ verify: path.join(ROOT, 'tests/support/verify-formats-cli.ts') }, 'verify-formats');
  process.exitCode = await runNode([path.join(built, 'verify.js')]);
}
