import { expect, type Page } from '@playwright/test';
import { savedFile } from './support/downloads.ts';
import { openPage, resultsHash, test, typeOver } from './support/page.ts';

const LINK = '#s=ma-cross&g=equity.5.800&p.fast=2..60+by+1&p.slow=10..120+by+1&m=genetic&n=300&seed=4';

test('a search shows what it does, and the grid around its best is one press away', async ({ page }) => {
  await openPage(page, LINK);
  await page.getByRole('button', { name: /^Search 300 trials/ }).click();
  await resultsHash(page);
  await page.getByRole('tab', { name: 'Search' }).click();
  const view = page.getByRole('tabpanel', { name: 'Search' });
  await expect(view.getByRole('img', { name: /^Best value against trials, now [\d.]+$/ })).toBeVisible();
  await expect(view).toContainText('Genetic, 300 trials of');
  await expect(view.getByRole('heading', { name: /^Generations [1-9]/ })).toBeVisible();
  await view.getByRole('button', { name: 'Fill the grid around the best' }).click();
  await expect(view).toContainText(/Grid around the best, 3[0-4]\d trials of/, { timeout: 20_000 });
  await expect.poll(() => page.evaluate(() => location.hash)).toContain('m=around');
  expect(await page.evaluate(() => location.hash)).toContain('be=genetic+300+seed+4+by+16');
});

test('the recommendation is taken in one press', async ({ page }) => {
  await openPage(page, LINK);
  const panel = page.getByRole('region', { name: /^Search/ });
  await expect(panel).toContainText(/Full grid: .*, do it\./);
  await panel.getByRole('button', { name: 'Take it' }).click();
  await expect(panel.getByLabel('Method')).toHaveValue('grid');
});

const LONG = (trials: number) =>
  `#s=ma-cross&g=equity.5.100000&p.fast=2..60+by+1&p.slow=61..160+by+1&m=genetic&n=${trials}&seed=4&gen=64&mk=sharpe,trades`;

test('a search is paused, gets more trials, goes on, and gives the bytes of one that was never stopped', async ({ page }) => {
  test.setTimeout(180_000);
  await openPage(page, LONG(4000));
  const panel = page.getByRole('region', { name: /^Search/ });
  await page.getByRole('button', { name: /^Search 4/ }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  await typeOver(panel.getByLabel('Trials', { exact: true }), '4500');
  await panel.getByLabel('Trials', { exact: true }).press('Enter');
  await expect(page.getByText(/of 4.500 trials/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  const moved = await longHash(page);
  await page.getByRole('button', { name: 'Notebook' }).click(); // the study that it goes on from is not kept a second time
  await expect(page.locator('[data-study]')).toHaveCount(1);
  await openPage(page, LONG(4500));
  await page.getByRole('button', { name: /^Search 4/ }).click();
  expect(await longHash(page)).toBe(moved);
});

test('a search that its time ends keeps what ran: the trials of one with as many', async ({ page }) => {
  test.setTimeout(180_000);
  await openPage(page, LONG(4000));
  await page.getByRole('button', { name: /^Search 4/ }).click();
  const time = page.getByRole('region', { name: /^Search/ }).getByLabel('Time', { exact: true });
  await typeOver(time, '1');
  await time.press('Enter');
  await longHash(page);
  const early = await savedTable(page);
  const ran = early.trimEnd().split('\n').length - 1;
  expect(ran).toBeGreaterThan(0);
  expect(ran).toBeLessThan(4000);
  await openPage(page, LONG(ran));
  await page.getByRole('button', { name: /^Search \d/ }).click();
  await longHash(page);
  expect(await savedTable(page)).toBe(early);
});

async function savedTable(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Save trials or a picture' }).click();
  const saved = await savedFile(page, '.csv', () => page.getByRole('button', { name: 'CSV', exact: true }).click());
  return saved.bytes.toString('utf8');
}

async function longHash(page: Page): Promise<string> {
  await expect(page.locator('[data-run="done"][data-results-hash]')).toBeVisible({ timeout: 120_000 });
  return resultsHash(page);
}

test('a condition that trials must keep is typed, checked and stands in the link', async ({ page }) => {
  await openPage(page, LINK);
  const field = page.getByRole('region', { name: /^Search/ }).getByLabel('Keep only');
  await field.fill('trades >=');
  await expect(page.getByText(/Needs a field under Search mended/).first()).toBeVisible();
  await field.fill('trades >= 30');
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('where=trades+>=+30');
  await page.getByRole('button', { name: /^Search 300 trials/ }).click();
  await resultsHash(page);
});
