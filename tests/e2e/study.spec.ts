import { expect } from '@playwright/test';
import { csvBars, openPage, OWN_STRATEGY, pasteText, resultsHash, run, runExample, runState, test } from './support/page.ts';

test(
  'the page is isolated, and the example fills the surface within three seconds of the first press',
  { tag: '@alone' },
  async ({ page }) => {
    await openPage(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const from = Date.now();
    await runExample(page);
    expect(Date.now() - from).toBeLessThan(3000);
    await expect(page.getByRole('grid', { name: /^Heat map of Sharpe/ })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(
      /The broad region is [\s\S]*slow \d+ to \d+: Sharpe\s+0\.\d+\. The best single trial, 0\.\d+, (lies|stands)/,
    );
    await expect(page.getByText('re-run equals its row').first()).toBeVisible();
    await expect(page.locator('aside').getByText('synthetic', { exact: true })).toBeVisible();
  },
);

test('a run asks the network for nothing', async ({ page, watched }) => {
  await openPage(page);
  await runExample(page);
  const before = watched.requests.length;
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-run="running"]').or(page.locator('[data-run="done"]'))).toBeVisible();
  await resultsHash(page);
  // Chromium asks for a page's icon when it likes.
  expect(watched.requests.slice(before).filter((url) => !url.endsWith('/icon.svg'))).toEqual([]);
});

test('paste, run, surface, trial, link, and the reopened link gives the same bytes', async ({ page }) => {
  const rows = csvBars(700);
  await openPage(page);
  await pasteText(page, rows);
  await expect(page.getByText('700 bars')).toBeVisible();
  await page.getByLabel('Strategy text').fill(OWN_STRATEGY);
  await expect(page.getByRole('button', { name: 'Run 60 trials' })).toBeEnabled();
  const first = await run(page);

  const map = page.getByRole('grid', { name: /^Heat map/ });
  const box = (await map.boundingBox())!;
  await map.click({ position: { x: box.width * 0.3, y: box.height * 0.3 } });
  const card = page.getByRole('region', { name: 'Selected trial' });
  await expect(card.getByText('re-run equals its row')).toBeVisible();
  await expect(card.getByRole('img', { name: /^Equity/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
  await expect(page.getByText(/re-run equals its row, 1\d of 1\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Surface', exact: true }).first().click();

  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText(/Link copied, [\d ]+ characters\./)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(2000);

  await openPage(page, new URL(link).hash);
  await expect(page.getByText('Opened from a link. It has not been run.')).toBeVisible();
  await expect(page.getByText('This study needs the sender’s price file.')).toBeVisible();
  await expect(page.getByLabel('Strategy text')).toHaveValue(OWN_STRATEGY);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  await pasteText(page, rows);
  await expect(page.getByText('bars equal the sender’s')).toBeVisible();
  expect(await run(page)).toBe(first);
});

test('the example’s link opens paused and gives the same bytes, with one worker too', async ({ page }) => {
  await openPage(page);
  const first = await runExample(page);
  await expect(page).toHaveURL(/#s=ma-cross&d=daily&/);
  const { hash } = new URL(page.url());
  await openPage(page, hash);
  await expect(page.getByText('Opened from a link. It has not been run.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ready: 9 310 trials');
  await page.getByRole('slider', { name: /Workers/ }).fill('1');
  expect(await run(page)).toBe(first);
});

test('no axis is a single backtest, one axis a line', async ({ page }) => {
  await openPage(page);
  await pasteText(page, csvBars(400));
  await page.getByRole('combobox', { name: 'Built-in strategy' }).selectOption('buy-hold');
  await page.getByRole('button', { name: 'Run 1 trial' }).click();
  await resultsHash(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('in one single trial');
  await page
    .getByLabel('Strategy text')
    .fill('n = param(20, 5..40 by 1)\nenter long when close > sma(close, n)\nexit long when close < sma(close, n)\n');
  await page.getByRole('button', { name: 'Run 36 trials' }).click();
  await resultsHash(page);
  await expect(page.getByLabel(/^Sharpe over n, 36 values/)).toBeVisible();
});

test('the count follows the ranges while typing, up to spaces that no machine can run', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: /^Daily/ }).click();
  await expect(page.getByRole('button', { name: 'Run 9 310 trials' })).toBeEnabled();
  await page.getByLabel('fast to').fill('20');
  await expect(page.getByRole('button', { name: /^Run 2 9\d\d trials|^Run 2 \d\d\d trials/ })).toBeEnabled();
  await page.getByLabel('fast to').fill('2000000000');
  await page.getByLabel('slow to').fill('2000000000');
  await expect(page.getByText(/of memory, and the budget is/).first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Reset ranges' }).click();
  await expect(page.getByRole('button', { name: 'Run 9 310 trials' })).toBeEnabled();
});

test('the profile tells what a study will spend its time on, before it is run', async ({ page }) => {
  await openPage(page);
  await pasteText(page, csvBars(700));
  await page.getByRole('combobox', { name: 'Built-in strategy' }).selectOption('bollinger-breakout');
  await page.getByRole('button', { name: 'Machine' }).click();
  await page.getByRole('button', { name: 'Profile', exact: true }).click();
  const parts = page.getByRole('table', { name: 'Parts of the strategy, dearest first' });
  await expect(parts.getByRole('row', { name: /^bblower\(close, n, width\)/ }).first()).toBeVisible();
  await expect(page.getByText(/A fixed amount of work per long trade|trials were timed/).first()).toBeVisible();
  await expect(
    page.getByRole('table', { name: 'Phases of the whole study' }).getByRole('row', { name: /series/ }),
  ).toBeVisible();
});

test('figures of a handful of trades say so', async ({ page }) => {
  await openPage(page);
  await pasteText(page, csvBars(300));
  await page
    .getByLabel('Strategy text')
    .fill('n = param(5, 2..9 by 1)\nenter long when barindex == 250\nexit long when barindex == 260 + n');
  await run(page);
  await expect(page.getByText(/^Few trades: the most robust rests on 1 trade, the best rests on 1 trade\./)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('from 1 trade');

  // The region's figure rests on as few.
  const crossover = `fast = param(10, 5..40 by 1)
slow = param(50, 45..90 by 1)
enter long when crossover(sma(close, fast), sma(close, slow))
exit long when crossunder(sma(close, fast), sma(close, slow))`;
  await page.getByLabel('Strategy text').fill(crossover);
  await run(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /The broad region is .*: Sharpe\s+[−\d.]+ from \d trades?\./,
  );
});

test('a run is stopped and keeps what is done', { tag: '@alone' }, async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: /^Minute/ }).click();
  await expect(page.locator('[data-phase="ready"]')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+Enter');
  await expect(runState(page, 'running')).toBeVisible();
  await expect(page.locator('[data-run] strong').first()).toHaveText(/[1-9]/, { timeout: 30_000 });
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(runState(page, 'cancelled')).toBeVisible({ timeout: 2000 });
  await expect(page.getByText('stopped, what was done is kept')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Views' })).toContainText('trial');
});
