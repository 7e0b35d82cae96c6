import { expect, type Locator, type Page } from '@playwright/test';
import { savedFile } from './support/downloads.ts';
import { allowClipboard, openPage, resultsHash, test } from './support/page.ts';

const MOST_PRESSES = 160;

/**
 * Presses Tab until the focus is there, as somebody without a mouse does. Past either end of the page lies the browser's own bar,
 * from which the keys of a driver do not come back.
 */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    if (!(await page.evaluate(() => document.hasFocus()))) throw new Error(`${key} to ${String(target)} left the page`);
  }
  throw new Error(`${MOST_PRESSES} presses of ${key} did not reach ${String(target)}`);
}

test('a whole study without a mouse: bars, strategy, ranges, run, every view, brush, refine, pin, trial, save, share', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await allowClipboard(page);
  await openPage(page);
  const { keyboard } = page;

  // Bars, strategy and ranges.
  await tabTo(page, page.getByRole('button', { name: /^Daily/ }));
  await keyboard.press('Enter');
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  const strategy = page.getByRole('combobox', { name: 'Built-in strategy' });
  await tabTo(page, strategy, 'Shift+Tab');
  await keyboard.press('ArrowDown');
  await expect(page.getByLabel('Strategy text')).not.toHaveValue(/Two averages cross, long only/);
  await keyboard.press('ArrowUp');
  await expect(page.getByLabel('Strategy text')).toHaveValue(/Two averages cross, long only/);
  await tabTo(page, page.getByLabel('fast to'));
  await keyboard.press('Control+A');
  await keyboard.type('30');
  await tabTo(page, page.getByLabel('slow to'));
  await keyboard.press('Control+A');
  await keyboard.type('80');

  // Run.
  const button = page.getByRole('button', { name: /^Run [\d\s]+ trials/ });
  await expect(button).toBeEnabled();
  await tabTo(page, button);
  await keyboard.press('Enter');
  await resultsHash(page);
  await expect(page.getByRole('region', { name: 'Leaders' })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Skip for ever' }));
  await keyboard.press('Enter');

  // Every view.
  const tabs = page.getByRole('tab');
  await tabTo(page, tabs.first());
  for (const name of ['Slices', 'Parallel', 'Importance', 'Scatter', 'Distribution', 'Pairs', 'Table']) {
    await keyboard.press('ArrowRight');
    const tab = page.getByRole('tab', { name, exact: true });
    await expect(tab).toBeFocused();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel', { name, exact: true })).toBeVisible();
  }

  // Brush both axes of the map, and refine what is marked.
  await keyboard.press('3');
  const panel = page.getByRole('tabpanel', { name: 'Parallel' });
  for (const axis of ['fast', 'slow']) {
    const strip = panel.getByRole('slider', { name: `Brush ${axis}` });
    await tabTo(page, strip);
    await keyboard.press('ArrowUp');
    await expect(strip).toHaveAttribute('aria-valuetext', /^brushed from \d+ to \d+$/);
  }
  await expect(page.getByText(/^[\d\s]+ trials brushed$/)).toBeVisible();
  await expect(page.getByRole('toolbar', { name: 'Marked region' })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Refine here' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByLabel('fast from')).not.toHaveValue('5');
  await expect(page.getByRole('grid', { name: /^Heat map/ })).toBeFocused(); // the button is gone
  await keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sharpe');
  await resultsHash(page);

  // Move on the map, pin, open and close a trial, take the closing back.
  const map = page.getByRole('grid', { name: /^Heat map/ });
  await tabTo(page, map, 'Shift+Tab');
  await keyboard.press('ArrowLeft');
  await keyboard.press('p');
  const card = page.getByRole('region', { name: 'Selected trial' });
  await expect(card.getByText('re-run equals its row')).toBeVisible();
  await expect(page.getByRole('button', { name: /pin/i }).first()).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press('Enter');
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.locator('[data-phase="results"]')).toBeVisible();
  await keyboard.press('Control+Z');
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.locator('[data-phase="results"]')).toBeVisible();

  // Save and share.
  await keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('button', { name: 'CSV' }));
  const { name } = await savedFile(page, '.csv', () => keyboard.press('Enter'));
  expect(name).toMatch(/^barsweep-.*-trials\.csv$/);
  await expect(dialog).toBeHidden();
  await keyboard.press('l');
  await expect(page.getByText(/Link copied, [\d\s]+ characters\./)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#s=ma-cross&.*&pin=B\d+/);
});
