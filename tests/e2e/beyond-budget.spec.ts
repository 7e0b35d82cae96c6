import { expect, type Page } from '@playwright/test';
import { csvBars, openPage, pasteText, resultsHash, runState, test } from './support/page.ts';

// Results of 2 417 632 trials do not fit into the smallest budget.
const STUDY = '#s=rsi-reversion&p.n=2..33+by+1&p.low_level=20..45+by+0.1&p.high_level=50..80+by+0.1';
const SMALLEST = 256 * 2 ** 20;

async function openStudy(page: Page): Promise<void> {
  await openPage(page, STUDY);
  await pasteText(page, csvBars(120));
  await expect(page.getByText('Needs 403\u202fMB of memory, and the budget is 268\u202fMB').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run/ })).toBeDisabled();
  await page.getByRole('button', { name: 'surfaces of the objective' }).click();
}

test.beforeEach(async ({ page }) => {
  test.setTimeout(180_000);
  await page.addInitScript((bytes) => {
    // Pages without an address, where drivers run this too, have no storage.
    if (origin !== 'null') localStorage.setItem('barsweep.budget', String(bytes));
  }, SMALLEST);
});

test('results that do not fit: the best trials and surfaces are kept, the same bytes after a reload in the middle', async ({
  page,
}) => {
  await openStudy(page);
  await page.getByRole('button', { name: /^Run 2/ }).click();
  await expect(runState(page, 'running')).toBeVisible();
  const hash = await resultsHash(page, 120_000);
  await expect(page.getByText('Not every result is kept.')).toBeVisible();
  await expect(page.getByText(/^The best 1\u202f000 of 2\u202f417\u202f632 trials/)).toBeVisible();
  await expect(page.getByText('re-run equals its row')).toBeVisible();
  await page.getByLabel('What a cell shows of all its trials').selectOption('mean of all');
  const selected = await page.locator('#trial h2').first().textContent();
  await page.getByRole('grid', { name: /^Heat map/ }).click();
  await expect(page.locator('#trial h2').first()).not.toHaveText(selected ?? '');
  await expect(page.getByText('re-run equals its row')).toBeVisible();

  await openStudy(page);
  await page.getByRole('slider', { name: 'Workers' }).fill('1');
  await page.getByRole('button', { name: /^Run 2/ }).click();
  await expect(runState(page, 'running')).toBeVisible();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Pause' }).first().click();
  await page.waitForTimeout(2500);
  await page.reload();
  const notice = page.locator('[data-notice="interrupted"]');
  await expect(notice).toContainText(/: [1-9][\d\u202f]* of 2\u202f417\u202f632 trials are kept\./);
  await notice.getByRole('button', { name: 'Resume' }).click();
  expect(await resultsHash(page, 120_000)).toBe(hash);
  await page.getByRole('button', { name: 'Notebook' }).click();
  await expect(page.locator('[data-study] .row').first()).toContainText('finished'); // the last checkpoint is written
  await page.reload();
  await page.getByRole('button', { name: 'Notebook' }).click();
  await page.locator('[data-study] .row').first().click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  expect(await resultsHash(page)).toBe(hash);
  await expect(page.getByRole('grid', { name: /^Heat map/ })).toBeVisible();
});
