import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { benchArguments } from './bench-arguments.js';
import { benchRun } from './bench-run.js';
import { benchSurfaces } from './bench-surfaces.js';
import { ROOT } from './bundle.js';
import { findBrowser, NO_BROWSER } from './find-browser.js';
import { createStaticServer, listen } from './serve.js';

// `npm run bench:browser [-- words]`: every tests/bench/browser/*.bench.ts whose name holds one of the words, built as the page is
// built, served with the page's headers, each in a page of its own. `--json FILE` writes a line of JSON per measured row.

const outDir = path.join(ROOT, '.cache/bench-browser');
const { words, json } = benchArguments();

const limits = new URLSearchParams({ bars: process.env['BENCH_BARS'] ?? '', cases: process.env['BENCH_CASES'] ?? '' });
const browserFound = await findBrowser({ install: false });
if (browserFound === null) throw new Error(NO_BROWSER);
if (browserFound.engine !== 'chromium') throw new Error('Memory and traces are read with commands that Chromium alone has.');
await build({
  root: path.join(ROOT, 'tests/bench/browser'),
  configFile: path.join(ROOT, 'vite.config.ts'),
  logLevel: 'warn',
  publicDir: path.join(ROOT, 'public'),
  build: { outDir, emptyOutDir: true },
});

const server = createStaticServer(outDir);
const port = await listen(server, 0, false);
const browser = await chromium.launch(browserFound.launch);
try {
  await runCases();
  if (words.length === 0 || words.includes('run')) {
    console.log(`\n# run (${browserFound.name})`);
    await benchRun(browser, (line) => console.log(line));
  }
  if (words.length === 0 || words.some((word) => 'surfaces'.includes(word))) {
    console.log(`\n# surfaces (${browserFound.name})`);
    await benchSurfaces(browser, (line) => console.log(line));
  }
} finally {
  await browser.close();
  server.close();
}

async function runCases() {
  const names = (await openCase('')).filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  for (const name of names) {
    console.log(`\n# ${name} (${browserFound?.name})`);
    await openCase(name);
  }
}

/**
 * Opens the bench page on one case and waits for its end; an empty name only lists the cases.
 *
 * @param {string} name
 * @returns {Promise<string[]>} the names of all cases
 */
async function openCase(name) {
  const page = await browser.newPage({ locale: 'en-US' });
  page.on('console', (message) => console.log(message.text()));
  page.on('pageerror', (error) => {
    console.log(error.stack ?? error.message);
    process.exitCode = 1;
  });
  await page.exposeFunction('rendererMemory', rendererMemory);
  await page.exposeFunction('benchRow', (/** @type {unknown} */ row) => {
    if (json !== null) appendFileSync(json, `${JSON.stringify(row)}\n`);
  });
  await page.goto(`http://localhost:${port}/?${limits.toString()}#${name}`);
  await page.locator('html[data-ended]').waitFor({ state: 'attached', timeout: 0 });
  const cases = await page.locator('html').getAttribute('data-cases');
  await page.close();
  return (cases ?? '').split(' ');
}

/**
 * Memory of the largest page process, bytes, where the system tells it (Linux).
 *
 * @param {boolean} reset whether the peak begins anew
 * @returns {Promise<{ now: number, peak: number } | null>}
 */
async function rendererMemory(reset) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let most = null;
  for (const { id, type } of processInfo) {
    if (type !== 'renderer') continue;
    try {
      if (reset) writeFileSync(`/proc/${id}/clear_refs`, '5');
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      const bytes = (/** @type {string} */ key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
      const own = { now: bytes('VmRSS'), peak: bytes('VmHWM') };
      if (most === null || own.now > most.now) most = own;
    } catch {
      return null;
    }
  }
  return most;
}
