import { expect, type Page } from '@playwright/test';
import { production } from '../../scripts/headers.js';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { createStaticServer, listen } from '../../scripts/serve.js';
import { FAULTS_BUILD, FAULTS_PAGE } from '../../scripts/steps.js';
import { resultsHash, runExample, unwatched as test } from './support/page.ts';
import { processesOf } from './support/processes.ts';

test.describe.configure({ mode: 'default' }); // one server, one hash of a clean run

const HOOK = 'faults.json';
let server: Server;
let address = '';
let order: Order | null = null;
let ordered = 0; // workers that get it

interface Order {
  readonly kind: 'throw' | 'spin' | 'die' | 'vanish';
  readonly positions: readonly number[];
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  // `npm test` has built it, with the page itself.
  if (process.env['BARSWEEP_BUILT'] === undefined) execFileSync(process.execPath, FAULTS_BUILD);
  const files = createStaticServer(FAULTS_PAGE);
  server = createServer((request, response) => {
    if (request.url?.endsWith(HOOK) !== true || ordered === 0) return files.emit('request', request, response);
    ordered--;
    response.writeHead(200, { ...production, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
    return response.end(JSON.stringify(order));
  });
  address = `http://localhost:${await listen(server, 0, false)}/`;
});

test.afterAll(() => server.close());

/** Gives the order to the first so many workers that ask. */
function giveOrder(what: Order, workers: number): void {
  order = what;
  ordered = workers;
}

/** The hash of a run without faults, in a page of its own. */
async function cleanHash(page: Page): Promise<string> {
  giveOrder({ kind: 'throw', positions: [] }, 0);
  return openAndRun(page);
}

/** Long enough that replaced workers have something left to run. */
async function startMinutes(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${address}#s=rsi-reversion&d=minute&p.n=2..30+by+1&p.low_level=20..30+by+1&p.high_level=50..70+by+4`);
  await page.getByRole('button', { name: /^Run [1-9]/ }).click();
}

async function runMinutes(page: Page): Promise<string> {
  await startMinutes(page);
  return resultsHash(page, 60_000);
}

let minutesHash = '';

/** The hash of the same study without faults, which is run once. */
async function cleanMinutes(page: Page): Promise<string> {
  giveOrder({ kind: 'die', positions: [] }, 0);
  if (minutesHash === '') minutesHash = await runMinutes(page);
  return minutesHash;
}

/** How often workers were replaced in the last study. */
async function replacements(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Machine' }).click();
  const cells = page.getByRole('dialog', { name: 'Machine' }).locator('table tbody tr td:last-child');
  await expect(cells.first()).toBeVisible();
  const texts = await cells.allTextContents();
  await page.keyboard.press('Escape');
  return texts.reduce((sum, text) => sum + Number(text), 0);
}

async function openAndRun(page: Page): Promise<string> {
  await page.goto(address);
  return runExample(page);
}

function scriptsWith(folder: string, text: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  return names.filter((name) => readFileSync(path.join(folder, name), 'utf8').includes(text));
}

test('orders for faults exist in the build for tests, and not in the page’s', () => {
  expect(scriptsWith(FAULTS_PAGE, HOOK)).not.toEqual([]);
  expect(scriptsWith(path.resolve('dist'), HOOK)).toEqual([]);
});

test('a trial that throws fails alone and is listed with its parameters', async ({ page }) => {
  giveOrder({ kind: 'throw', positions: [0, 7, 40] }, Infinity);
  await openAndRun(page);
  await expect(page.getByText('1 of 9\u202f310 trials failed.')).toBeVisible();
  await expect(page.getByText('Trial kind sma, fast 12, slow 100. It stopped: ordered by the test.')).toBeVisible();
});

test('three workers that die in a row change no byte', async ({ page }) => {
  giveOrder({ kind: 'die', positions: [] }, 3);
  const hash = await runMinutes(page);
  expect(ordered).toBe(0);
  expect(await cleanMinutes(page)).toBe(hash);
});

test('a worker that spins is replaced, and no byte changes', async ({ page }) => {
  giveOrder({ kind: 'spin', positions: [] }, 1);
  await page.goto(address);
  await page.getByRole('button', { name: 'Run the example' }).click();
  await expect(page.locator('[data-run="done"]')).toBeVisible({ timeout: 50_000 });
  const hash = await resultsHash(page);
  expect(ordered).toBe(0);
  expect(await cleanHash(page)).toBe(hash);
});

test('a worker that ends in silence is found by the watchdog, and no byte changes', async ({ page }) => {
  test.setTimeout(180_000);
  giveOrder({ kind: 'vanish', positions: [] }, 1);
  const hash = await runMinutes(page);
  expect(ordered).toBe(0);
  expect(await replacements(page)).toBe(1);
  expect(await cleanMinutes(page)).toBe(hash);
});

const STOPPED_MS = process.env['LONG'] === '1' ? 20_000 : 3_000;

test(`a page that is stopped for ${STOPPED_MS / 1000} s kills no worker, and no byte changes`, async ({ page }) => {
  test.setTimeout(180_000);
  const hash = await cleanMinutes(page);
  await startMinutes(page);
  await expect(page.locator('[data-run="running"]')).toBeVisible();
  const renderers = (await processesOf(page)).filter(({ type }) => type === 'renderer');
  expect(renderers.length).toBeGreaterThan(0);
  try {
    for (const { id } of renderers) process.kill(id, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
  } finally {
    for (const { id } of renderers) process.kill(id, 'SIGCONT');
  }
  expect(await resultsHash(page, 60_000)).toBe(hash);
  expect(await replacements(page)).toBe(0);
});
