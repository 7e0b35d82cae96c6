import { expect } from '@playwright/test';
import { openPage, resultsHash, test } from './support/page.ts';

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
