import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/**
 * Finds a Chromium-like browser for the tests by launching candidates: a file that exists need not start, because of missing
 * libraries, another architecture or a wrapper script.
 *
 * @typedef {{executablePath?: string, channel?: string, args: string[]}} Launch launch options of Playwright
 * @typedef {{name: string, launch: Launch}} Browser
 */

/** The name of the variable that hands a found browser to the tools that the test runner starts. */
export const BROWSER_VARIABLE = 'BARSWEEP_BROWSER';

const REMEMBERED = fileURLToPath(new URL('../.cache/browser.json', import.meta.url));

const ON_PATH = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chromium-headless-shell',
  'microsoft-edge-stable',
];

/** The tests make no request to another address; without these switches the browser itself does. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

// Chromium refuses its sandbox to root.
const ARGS = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;

/** @param {string} name */
function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** @returns {Browser[]} */
function candidates() {
  const wanted = process.env['E2E_BROWSER'];
  const named = [...(wanted === undefined ? [] : [wanted]), ...ON_PATH].flatMap((name) => {
    const file = path.isAbsolute(name) ? name : onPath(name);
    return file === undefined ? [] : [{ name: file, launch: { executablePath: file, args: ARGS } }];
  });
  const own = { name: "Playwright's Chromium", launch: { args: ARGS } };
  const channels = ['chrome', 'msedge'].map((channel) => ({ name: `installed ${channel}`, launch: { channel, args: ARGS } }));
  return wanted === undefined ? [own, ...channels, ...named] : [...named, own, ...channels];
}

/**
 * @param {Browser} candidate
 * @returns {Promise<string | null>} its version, or null if it does not start
 */
async function start(candidate) {
  try {
    const browser = await chromium.launch({ ...candidate.launch, timeout: 30_000 });
    const version = browser.version();
    await browser.close();
    return version;
  } catch {
    return null;
  }
}

/** @returns {Promise<Browser | null>} */
async function firstThatStarts() {
  for (const candidate of candidates()) {
    const version = await start(candidate);
    if (version !== null) return { ...candidate, name: `${candidate.name} ${version}` };
  }
  return null;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {'inherit' | 'ignore'} errors
 */
function run(command, args, errors) {
  process.stdout.write(`  ${command} ${args.join(' ')}\n`);
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', errors], timeout: 600_000 }).status === 0;
}

function installFromDistribution() {
  if (onPath('apt-get') === undefined) return false;
  const root = process.getuid?.() === 0;
  /** @param {string[]} args */
  const apt = (args) => {
    const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
    return root
      ? run('env', ['DEBIAN_FRONTEND=noninteractive', ...command], 'inherit')
      : run('sudo', ['-n', ...command], 'inherit');
  };
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  return apt(install) || (apt(['update']) && apt(install));
}

function installPlaywrights() {
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  // Its errors are long, and a network without its address is no reason to worry: the distribution comes next.
  return run(process.execPath, [cli, 'install', 'chromium'], 'ignore');
}

/**
 * @param {string} text
 * @returns {Browser}
 */
function readBrowser(text) {
  /** @type {Browser} */
  const browser = JSON.parse(text);
  return browser;
}

/** @returns {Browser | null} */
function handedDown() {
  const text = process.env[BROWSER_VARIABLE];
  if (text !== undefined && text !== '') return readBrowser(text);
  if (process.env['E2E_BROWSER'] !== undefined || !existsSync(REMEMBERED)) return null;
  const browser = readBrowser(readFileSync(REMEMBERED, 'utf8'));
  const file = browser.launch.executablePath ?? chromium.executablePath();
  return existsSync(file) ? browser : null;
}

/** @param {Browser} browser */
function remember(browser) {
  mkdirSync(path.dirname(REMEMBERED), { recursive: true });
  writeFileSync(REMEMBERED, `${JSON.stringify(browser)}\n`);
}

/**
 * @param {{install: boolean}} options `install`: look anew, and install a browser if none starts; otherwise a browser that was
 *   found before is taken as it is
 * @returns {Promise<Browser | null>}
 */
export async function findBrowser({ install }) {
  const known = install ? null : handedDown();
  if (known !== null) return known;
  let found = await firstThatStarts();
  if (found === null && install) {
    process.stdout.write('No browser starts; installing one.\n');
    for (const installer of [installPlaywrights, installFromDistribution]) {
      found ??= installer() ? await firstThatStarts() : null;
    }
  }
  if (found !== null) remember(found);
  return found;
}

export const NO_BROWSER =
  'No Chromium, Chrome or Edge could be started or installed. Install one, or set E2E_BROWSER to its file, then run again.';
