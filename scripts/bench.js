import { readdirSync } from 'node:fs';
import path from 'node:path';
import { bundle, ROOT } from './bundle.js';
import { benchArguments } from './bench-arguments.js';
import { runNode } from './run.js';

// `npm run bench [-- words]`: every tests/bench/*.bench.ts whose name holds one of the words, each in a process of its own, so
// that one case's compiled code and heap do not colour the next one's numbers. `--json FILE` writes a line of JSON per measured row.

const FOLDER = path.join(ROOT, 'tests/bench');
const ENDING = '.bench.ts';

const { words, json } = benchArguments();
if (json !== null) process.env['BENCH_JSON'] = json;
const cases = readdirSync(FOLDER)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)));

if (cases.length === 0) {
  console.log(`No benchmark is called ${words.join(' or ')}.`);
  process.exitCode = 2;
} else {
  const entries = Object.fromEntries(cases.map((name) => [name, path.join(FOLDER, `${name}${ENDING}`)]));
  const built = await bundle(entries, 'bench');
  for (const name of cases) {
    console.log(`\n# ${name}`);
    const code = await runNode([path.join(built, `${name}.js`)]);
    if (code !== 0) process.exitCode = code;
  }
}
