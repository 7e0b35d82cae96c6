import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './bundle.js';
import { BROWSER_VARIABLE, findBrowser, NO_BROWSER } from './find-browser.js';
import { runNode, runSteps } from './run.js';
import { BUILD, PLAYWRIGHT, STATIC, VITEST } from './steps.js';

// `npm test`: everything, one section per kind of check, the totals in the last line. The parts that measure time run alone.

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

const REPORTS = path.join(ROOT, '.cache/reports');
const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** @param {string} title */
const section = (title) => console.log(`\n== ${title}`);

/**
 * @param {string} file
 * @returns {any} the report, or null if the tool left none
 */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/**
 * A tool that fails without a failed test (an unhandled error, nothing found to run) counts as one failure.
 *
 * @param {Counts} counts
 * @param {number} code the tool's exit code
 * @returns {Counts}
 */
function withExitCode(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * @param {string} project
 * @param {string} name
 * @returns {Promise<Counts>}
 */
async function vitest(project, name) {
  const file = path.join(REPORTS, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runNode([VITEST, 'run', '--project', project, ...reporters]);
  /** @type {{numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
   *   testResults: {status: string, assertionResults: {status: string}[]}[]} | null} */
  const report = readReport(file);
  if (report === null) return FAILED;
  // A file that does not load has no tests to fail.
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  );
  return withExitCode(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    code,
  );
}

/**
 * @param {string} project of playwright.config.ts
 * @param {number} workers tests at a time
 * @returns {Promise<Counts>}
 */
async function playwright(project, workers) {
  const file = path.join(REPORTS, `e2e-${project}.json`);
  const env = { ...process.env, BARSWEEP_BUILT: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const code = await runNode([PLAYWRIGHT, 'test', '--reporter=list,json', `--project=${project}`, `--workers=${workers}`], env);
  /** @type {{stats: {expected: number, unexpected: number, flaky: number, skipped: number}} | null} */
  const report = readReport(file);
  if (report === null) return FAILED;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** @returns {Promise<Counts>} */
async function endToEnd() {
  return add(await playwright('together', 2), await playwright('alone', 1));
}

/**
 * @param {string} title
 * @param {() => Promise<Counts>} run
 * @returns {Promise<Counts>}
 */
async function timed(title, run) {
  section(title);
  const started = performance.now();
  const counts = await run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${title}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`);
  return counts;
}

/**
 * Tests that cannot run are one failure.
 *
 * @param {string} reason
 * @returns {Promise<Counts>}
 */
function cannotRun(reason) {
  console.log(reason);
  return Promise.resolve(FAILED);
}

/** @returns {Promise<Counts>} */
async function checks() {
  const failed = await runSteps(STATIC);
  built = !failed.includes(BUILD);
  return { passed: STATIC.length - failed.length, failed: failed.length, skipped: 0 };
}

let built = false;
if (process.argv.includes('--long')) process.env['LONG'] = '1';
if (!process.stdout.isTTY) process.env['NO_COLOR'] = '1';
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

section('browser');
const browser = await findBrowser({ install: true });
console.log(browser?.name ?? NO_BROWSER);
if (browser !== null) process.env[BROWSER_VARIABLE] = JSON.stringify(browser);

const all = [
  await timed('checks', checks),
  await timed('tests in Node', () => vitest('node*', 'node')),
  await timed('tests in the browser', () => (browser === null ? cannotRun(NO_BROWSER) : vitest('browser*', 'browser'))),
  await timed('end to end', () => {
    if (browser === null) return cannotRun(NO_BROWSER);
    return built ? endToEnd() : cannotRun('The page did not build.');
  }),
];

const { passed, failed, skipped } = all.reduce(add);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
