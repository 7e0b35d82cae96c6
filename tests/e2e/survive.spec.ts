import { expect, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { savedFile } from './support/downloads.ts';
import { csvBars, openPage, pasteText, resultsHash, runExample, runState, test, typeOver } from './support/page.ts';
import { processesOf } from './support/processes.ts';

/** Long enough to be interrupted: a study of minute bars that takes some seconds. */
async function startLong(page: Page): Promise<void> {
  await openPage(page, '#s=ma-cross&d=minute&p.fast=5..12+by+1&p.slow=20..200+by+8');
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Run [1-9]/ }).click();
  await expect(runState(page, 'running')).toBeVisible();
}

async function doneTrials(page: Page): Promise<number> {
  const text = (await page.locator('[data-run] strong').first().textContent()) ?? '';
  return Number(text.replace(/\D/g, ''));
}

/** Paused, so that a fast machine does not finish it meanwhile. */
async function untilKept(page: Page): Promise<number> {
  await page.waitForTimeout(150);
  await page.getByRole('button', { name: 'Pause' }).first().click();
  await page.waitForTimeout(2500);
  return doneTrials(page);
}

async function openNotebook(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Notebook' }).click();
  await expect(page.getByRole('dialog', { name: 'Notebook' })).toBeVisible();
}

test('a study is kept, found, reopened with its surface, renamed, exported, imported, compared, deleted and brought back', async ({
  page,
}) => {
  await openPage(page);
  const hash = await runExample(page);
  await page.waitForTimeout(300);
  await openPage(page);
  await openNotebook(page);
  await page.getByLabel('Search studies').fill('crossover');
  await page.locator('[data-study] .row').click();
  await typeOver(page.getByLabel('Name'), 'My first study');
  await page.getByLabel('Name').press('Tab');
  const { name, bytes } = await savedFile(page, '.barsweep', () => page.getByRole('button', { name: 'Export' }).click());
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByLabel('Search studies').fill('first');
  await page.getByLabel('Import a study').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  expect(await resultsHash(page)).toBe(hash);
  await expect(page.getByRole('grid', { name: /^Heat map/ })).toBeVisible();
  await expect(page.getByText('re-run equals its row')).toBeVisible();

  await page.getByRole('button', { name: /^Run (?!the example)/ }).click();
  await expect(page.getByText('18 620 trials on this data so far'.replace(' ', '\u202f'))).toBeVisible({ timeout: 30_000 });
  await openNotebook(page);
  for (const row of await page.locator('[data-study] .row').all()) {
    await row.click();
    await page.getByRole('button', { name: /^Compare/ }).click();
  }
  await expect(page.getByText(/The second is better in 0 cells, worse in 0\./)).toBeVisible();
});

test('a study that a reload interrupts goes on and ends with the bytes of a clean run', async ({ page }) => {
  await startLong(page);
  const seen = await untilKept(page);
  await page.reload();
  await expect(page.getByText('A study was interrupted.')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('[data-run]')).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => doneTrials(page), { timeout: 10_000 }).toBeGreaterThan(seen / 4);
  const resumed = await resultsHash(page);
  await startLong(page);
  expect(await resultsHash(page)).toBe(resumed);
});

test('pause holds, resume goes on, and the pool changes while it runs', async ({ page }) => {
  await startLong(page);
  await page.getByRole('button', { name: 'Pause' }).first().click();
  await page.waitForTimeout(300);
  const before = await doneTrials(page);
  await page.waitForTimeout(500);
  expect(await doneTrials(page)).toBe(before);
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await page.getByRole('slider', { name: 'Workers' }).fill('1');
  await resultsHash(page);
});

test('a core kept free is remembered, and a low battery leaves one worker to those who want that', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(navigator, {
      getBattery: () => Promise.resolve(Object.assign(new EventTarget(), { level: 0.1, charging: false })),
    });
  });
  await openPage(page, '#s=ma-cross&d=daily');
  const workers = page.getByRole('slider', { name: 'Workers' });
  const most = Number(await workers.getAttribute('max'));
  test.skip(most === 1, 'one core');
  await page.getByLabel('Keep one core free').check();
  await expect(workers).toHaveValue(String(most - 1));
  await page.reload();
  await expect(page.getByLabel('Keep one core free')).toBeChecked();
  await expect(workers).toHaveValue(String(most - 1));
  await page.getByLabel('Keep one core free').uncheck();
  await expect(workers).toHaveValue(String(most));
  await page.getByRole('button', { name: 'Machine' }).click();
  await page.getByLabel('One worker while the battery is low').check();
  await expect(page.getByText('It is low now.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(workers).toHaveValue('1');
});

test('a second tab watches what the first computes', async ({ page, context }) => {
  await startLong(page);
  await page.getByRole('button', { name: 'Pause' }).first().click();
  await page.waitForTimeout(2500);
  const second = await context.newPage();
  await second.goto('./');
  await openNotebook(second);
  await expect(second.getByText('running in another tab')).toBeVisible();
  await second.locator('[data-study] .row').first().click();
  await expect(second.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await second.getByRole('button', { name: 'Watch' }).click();
  await expect(second.getByRole('grid', { name: /^Heat map/ })).toBeVisible({ timeout: 15_000 });
  await second.close();
});

test.describe(() => {
  test.use({ preferences: { 'dom.quotaManager.temporaryStorage.fixedLimit': 100 } }); // kB

  test('a full disk: the study runs on, and the page says that it is not kept', async ({ page, browserName }) => {
    await openPage(page);
    if (browserName === 'chromium') {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
    }
    await pasteText(page, csvBars(800));
    await page.getByRole('button', { name: /^Run (?!the example)/ }).click();
    await resultsHash(page);
    await expect(page.getByText('This study is not kept.')).toBeVisible();
  });
});

test('without the private file system studies are kept in a database', async ({ page }) => {
  let spoilt = 0;
  await page.route(/storage\.worker.*\.js/, async (route) => {
    const answer = await route.fetch();
    spoilt++;
    await route.fulfill({
      response: answer,
      body: `delete StorageManager.prototype.getDirectory;\n${await answer.text()}`,
    });
  });
  await openPage(page);
  const hash = await runExample(page);
  await page.waitForTimeout(300);
  await openPage(page);
  await openNotebook(page);
  await page.locator('[data-study] .row').first().click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  expect(await resultsHash(page)).toBe(hash);
  expect(spoilt).toBeGreaterThan(0);
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(names).toContain('barsweep');
});

/** Minutes of work for two cores. */
const LONG_STUDY = '#s=ma-cross&d=minute&p.fast=5..60+by+1&p.slow=20..200+by+1';

async function startLonger(page: Page): Promise<void> {
  await openPage(page, LONG_STUDY);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Run [1-9]/ }).click();
  await expect(runState(page, 'running')).toBeVisible();
}

test('a browser that is killed loses at most the last five seconds', async ({
  baseURL,
  browserName,
  launchOptions,
  playwright,
}) => {
  test.skip(process.env['LONG'] !== '1', 'minutes: npm run test:long');
  test.setTimeout(600_000);
  const profile = mkdtempSync(path.join(tmpdir(), 'barsweep-'));
  const open = async (): Promise<[BrowserContext, Page]> => {
    const context = await playwright[browserName].launchPersistentContext(profile, {
      ...launchOptions,
      baseURL: baseURL ?? '',
    });
    return [context, context.pages()[0] ?? (await context.newPage())];
  };
  try {
    const [first, page] = await open();
    await startLonger(page);
    const seen: { readonly at: number; readonly done: number }[] = [];
    const browserProcess = (await processesOf(page, profile)).find(({ type }) => type === 'browser')!;
    for (const from = performance.now(); performance.now() - from < 15_000;) {
      seen.push({ at: performance.now(), done: await doneTrials(page) });
      await page.waitForTimeout(100);
    }
    await expect(runState(page, 'running')).toBeVisible();
    const killedAt = performance.now();
    process.kill(browserProcess.id, 'SIGKILL');
    await first.close().catch(() => undefined);
    const [second, again] = await open();
    await openPage(again);
    const notice = again.locator('[data-notice="interrupted"]');
    await expect(notice).toBeVisible();
    const kept = Number(/: ([\d\s]+) of/.exec((await notice.textContent()) ?? '')?.[1]?.replace(/\D/g, ''));
    const before = Math.max(...seen.filter(({ at }) => at <= killedAt - 5000).map(({ done }) => done));
    console.log(`${kept} rows kept; ${before} were done 5 s before the kill, ${seen.at(-1)?.done} at the end`);
    expect(before).toBeGreaterThan(0);
    expect(kept).toBeGreaterThanOrEqual(before);
    await again.getByRole('button', { name: 'Resume' }).click();
    const hash = await resultsHash(again, 240_000);
    await startLonger(again);
    expect(await resultsHash(again, 240_000)).toBe(hash);
    await second.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
