import { expect } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { openPage, test } from './support/page.ts';

const LIMIT = 120_000; // bytes of gzipped JavaScript

/**
 * The first load is every script that the browser gets until the empty page stands complete and nothing more is on its way: the
 * one in index.html and whatever parts of the page fetch by themselves. The page fetches more a moment later, when it has nothing
 * else to do; its timers stand still here, so that none of that begins.
 */
test('the first load is at most 120 kB of gzipped JavaScript', async ({ page }) => {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1000);
  const scripts = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) scripts.set(response.url(), response.body());
  });
  await page.goto('./', { waitUntil: 'networkidle' });

  await expect(page.getByRole('button', { name: 'Run the example' })).toBeEnabled();
  await expect(page.getByRole('heading', { name: 'Search' })).toBeVisible();
  await expect(page.getByLabel('fast from')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  const sizes = await Promise.all(
    [...scripts].map(async ([url, body]) => ({ file: url.replace(/^.*\//, ''), bytes: gzipSync(await body).length })),
  );
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`first load: ${total} bytes, ${sizes.map(({ file, bytes }) => `${file} ${bytes}`).join(', ')}`);
  expect(total).toBeGreaterThan(50_000); // fewer would mean that scripts were not seen
  expect(total).toBeLessThanOrEqual(LIMIT);
});

test('the editor is in no script that is fetched before it is opened', async ({ page }) => {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    // what is still on its way when the test ends has no body
    if (/\.js$/.test(new URL(response.url()).pathname)) bodies.push(response.text().catch(() => ''));
  });
  const withEditor = async (): Promise<number> =>
    (await Promise.all(bodies)).filter((text) => text.includes('cm-editor')).length;
  await openPage(page);
  await page.getByRole('button', { name: 'Run the example' }).click();
  await expect(page.locator('[data-run="done"]')).toBeVisible({ timeout: 30_000 });
  await page.waitForLoadState('networkidle');
  expect(bodies.length).toBeGreaterThan(10);
  expect(await withEditor()).toBe(0);
  await page.getByRole('button', { name: 'Open the editor' }).click();
  await expect(page.getByRole('textbox', { name: 'Strategy text in the editor' })).toBeFocused();
  expect(await withEditor()).toBe(1);
});
