import path from 'node:path';
import { ROOT } from './bundle.js';

/**
 * The checks that need no browser and read no test result; each counts as one test.
 *
 * @typedef {{name: string, args: string[]}} Step a Node program and its arguments
 */

/** @param {string} file inside `node_modules/` */
const tool = (file) => path.join(ROOT, 'node_modules', file);

/** @param {string} project */
const tsc = (project) => ({ name: `types: ${project}`, args: [tool('typescript/bin/tsc'), '-p', `tsconfig.${project}.json`] });

const svelteCheck = [tool('svelte-check/bin/svelte-check'), '--tsconfig', 'tsconfig.app.json', '--fail-on-warnings'];

/** @type {readonly Step[]} */
export const TYPES = [
  ...['pure', 'worker', 'node', 'tests'].map(tsc),
  // Reads the TypeScript files of the project besides its components.
  { name: 'types: app', args: [...svelteCheck, '--output', 'human'] },
];

const VITE = tool('vite/bin/vite.js');
export const BUILD = 'build';

/** The page with orders for faults, which the tests of broken workers give: see src/workers/test-faults.ts. */
export const FAULTS_PAGE = path.join(ROOT, '.cache/faults');
export const FAULTS_BUILD = [VITE, 'build', '--mode', 'faults', '--outDir', FAULTS_PAGE, '--emptyOutDir', '--logLevel', 'warn'];

/** @type {readonly Step[]} the slow ones first, so that two at a time end together */
export const STATIC = [
  { name: 'lint', args: [tool('eslint/bin/eslint.js'), '.'] },
  ...TYPES.slice(-1),
  { name: 'format', args: [tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'rooms', args: [tool('dependency-cruiser/bin/dependency-cruise.mjs'), 'src'] },
  { name: 'unused code', args: [tool('knip/bin/knip.js')] },
  ...TYPES.slice(0, -1),
  { name: 'lockfile', args: [path.join(ROOT, 'scripts/check-lock.js')] },
  { name: BUILD, args: [VITE, 'build', '--logLevel', 'warn'] },
  { name: 'build with faults', args: FAULTS_BUILD },
  { name: 'build for Node', args: [path.join(ROOT, 'scripts/build-headless.js')] },
];

export const VITEST = tool('vitest/vitest.mjs');
export const PLAYWRIGHT = tool('@playwright/test/cli.js');
