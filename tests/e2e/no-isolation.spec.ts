import { expect, type Page } from '@playwright/test';
import type { Server } from 'node:http';
import path from 'node:path';
import { production } from '../../scripts/headers.js';
import { createStaticServer, listen } from '../../scripts/serve.js';
import { resultsHash, runExample, unwatched as test } from './support/page.ts';

test.describe.configure({ mode: 'default' }); // the second compares with the first

// A host that sends no headers of isolation.
let server: Server;
let address = '';
let isolatedHash = '';

test.beforeAll(async () => {
  const { 'Content-Security-Policy': policy } = production;
  server = createStaticServer(path.resolve('dist'), { 'Content-Security-Policy': policy });
  address = `http://localhost:${await listen(server, 0, false)}/`;
});

test.afterAll(() => server.close());

async function sharesMemory(page: Page): Promise<boolean> {
  return page.evaluate(() => globalThis.crossOriginIsolated);
}

test('a service worker of our own adds the headers, after one reload', async ({ page }) => {
  await page.goto(address);
  await expect.poll(() => sharesMemory(page).catch(() => false), { timeout: 15_000 }).toBe(true);
  await expect(page.getByText('Workers cannot share memory')).toBeHidden();
  isolatedHash = await runExample(page);
});

test.describe('without service workers', () => {
  test.use({ serviceWorkers: 'block' });

  test('workers get copies, results come by message: the same bytes, and a notice', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await page.goto(address);
    await expect(page.getByText('Workers cannot share memory on this page.')).toBeVisible({ timeout: 15_000 });
    expect(await sharesMemory(page)).toBe(false);
    expect(await runExample(page)).toBe(isolatedHash);
    await expect(page.getByText('re-run equals its row')).toBeVisible();
    await page.getByRole('button', { name: /^Run [1-9]/ }).click();
    expect(await resultsHash(page)).toBe(isolatedHash);
  });
});
