import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, firefox } from 'playwright';

/**
 * Finds a browser for the tests by launching candidates: a file that exists need not start, because of missing libraries, another
 * architecture or a wrapper script. A Chromium-like one is looked for unless `E2E_BROWSER` asks for Firefox.
 *
 * @typedef {{executablePath?: string, channel?: string, args: string[]}} Launch launch options of Playwright
 * @typedef {'chromium' | 'firefox'} Engine
 * @typedef {{name: string, engine: Engine, launch: Launch}} Browser
 */

/** The name of the variable that hands a found browser to the tools that the test runner starts. */
export const BROWSER_VARIABLE = 'BARSWEEP_BROWSER';

const ENGINES = { chromium, firefox };

const REMEMBERED = fileURLToPath(new URL('../.cache/browser.json', import.meta.url));

// The shell first: it has no window to make for every test, as the whole browser does without showing it.
const ON_PATH = [
  'chromium-headless-shell',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
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

const FIREFOX_ON_PATH = ['firefox', 'firefox-esr', 'firefox-developer-edition'];

/** Firefox as it is released is driven with WebDriver BiDi; this channel says so, also to a file that is named. */
const RELEASED_FIREFOX = 'moz-firefox';

// Chromium refuses its sandbox to root.
const ARGS = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;

/** @param {string} name */
function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** @returns {Browser[]} */
function chromiums() {
  const wanted = process.env['E2E_BROWSER'];
  /** @type {(name: string, launch: Partial<Launch>) => Browser} */
  const as = (name, launch) => ({ name, engine: 'chromium', launch: { ...launch, args: ARGS } });
  const named = [...(wanted === undefined ? [] : [wanted]), ...ON_PATH].flatMap((name) => {
    const file = path.isAbsolute(name) ? name : onPath(name);
    return file === undefined ? [] : [as(file, { executablePath: file })];
  });
  const own = as("Playwright's Chromium", {});
  const channels = ['chrome', 'msedge'].map((channel) => as(`installed ${channel}`, { channel }));
  return wanted === undefined ? [own, ...channels, ...named] : [...named, own, ...channels];
}

/** @returns {Browser[]} */
function firefoxes() {
  const wanted = process.env['E2E_BROWSER'] ?? '';
  /** @type {(name: string, launch: Partial<Launch>) => Browser} */
  const as = (name, launch) => ({ name, engine: 'firefox', launch: { ...launch, args: [] } });
  const named = [wanted, ...FIREFOX_ON_PATH].flatMap((name) => {
    const file = path.isAbsolute(name) ? name : onPath(name);
    return file === undefined ? [] : [as(file, { channel: RELEASED_FIREFOX, executablePath: file })];
  });
  return [...named, as('installed Firefox', { channel: RELEASED_FIREFOX }), as("Playwright's Firefox", {})];
}

/**
 * @param {Browser} browser
 * @param {number} [timeout] in ms
 */
export function launch({ engine, launch: options }, timeout) {
  return ENGINES[engine].launch(timeout === undefined ? options : { ...options, timeout });
}

/** @returns {Engine} */
function wantedEngine() {
  return /firefox/i.test(path.basename(process.env['E2E_BROWSER'] ?? '')) ? 'firefox' : 'chromium';
}

/**
 * @param {Browser} candidate
 * @returns {Promise<string | null>} its version, or null if it does not start
 */
async function start(candidate) {
  try {
    const browser = await launch(candidate, 30_000);
    const version = browser.version();
    await browser.close();
    return version;
  } catch {
    return null;
  }
}

/** @returns {Promise<Browser | null>} */
async function firstThatStarts() {
  for (const candidate of wantedEngine() === 'firefox' ? firefoxes() : chromiums()) {
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
  // Debian's Firefox has another name than that of other distributions, and few of them pack the shell of Chromium.
  const packages = wantedEngine() === 'firefox' ? ['firefox-esr', 'firefox'] : ['chromium-headless-shell', 'chromium'];
  const install = () => packages.some((name) => apt(['install', '-y', '--no-install-recommends', name]));
  return install() || (apt(['update']) && install());
}

function installPlaywrights() {
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  // Its errors are long, and a network without its address is no reason to worry: the distribution comes next.
  return run(process.execPath, [cli, 'install', wantedEngine()], 'ignore');
}

/**
 * @param {string} text
 * @returns {Browser}
 */
function readBrowser(text) {
  /** @type {Omit<Browser, 'engine'> & Partial<Browser>} what was remembered before there was Firefox names no engine */
  const browser = JSON.parse(text);
  return { ...browser, engine: browser.engine ?? 'chromium' };
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
  // A run that asks for no browser stays one in Chromium.
  if (found?.engine === 'chromium') remember(found);
  return found;
}

const NAMES = wantedEngine() === 'firefox' ? 'Firefox' : 'Chromium, Chrome or Edge';
export const NO_BROWSER = `No ${NAMES} could be started or installed. Install one, or set E2E_BROWSER to its file, then run again.`;
