import { expect } from '@playwright/test';
import { violationsOf } from './support/axe.ts';
import { openPage, resultsHash, runExample, test } from './support/page.ts';

test.describe('where the system is dark', () => {
  test.use({ media: { colorScheme: 'dark' } });

  test('the theme follows the system until one is chosen, and the choice is kept', async ({ page }) => {
    await openPage(page);
    const root = page.locator('html');
    await expect(root).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('radio', { name: 'Light' }).check();
    await expect(root).toHaveAttribute('data-theme', 'light');
    await page.getByRole('radio', { name: 'High' }).check();
    await expect(root).toHaveAttribute('data-contrast', 'more');
    await page.reload();
    await expect(root).toHaveAttribute('data-theme', 'light');
    await expect(root).toHaveAttribute('data-contrast', 'more');
  });
});

test('everything works by keyboard alone', async ({ page }) => {
  await openPage(page);
  const example = page.getByRole('button', { name: 'Run the example' });
  for (let presses = 0; presses < 40 && !(await example.evaluate((button) => button === document.activeElement)); presses++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await resultsHash(page);
  const map = page.getByRole('grid', { name: /^Heat map/ });
  await map.focus();
  const name = page.getByRole('region', { name: 'Selected trial' }).getByRole('heading').first();
  const before = await name.textContent();
  await page.keyboard.press('ArrowUp');
  await expect(name).not.toHaveText(before ?? '');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-phase="results"]')).toBeVisible();
  await expect(map).toBeFocused();
  await page.getByLabel('Strategy text').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Strategy text')).not.toBeFocused();
});

test('a dialog that leads to another one makes way for it', async ({ page }) => {
  await openPage(page, '#s=ma-cross&d=daily');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: /^Paste rows/ }).click();
  await expect(page.getByRole('dialog', { name: 'Paste rows' })).toBeVisible();
  await page.waitForTimeout(300); // the one before says a moment later that it is closed
  await expect(page.getByRole('dialog', { name: 'Paste rows' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
  await page.keyboard.type('notebook');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Notebook' })).toBeVisible();
  await page.waitForTimeout(300);
  await expect(page.getByRole('dialog', { name: 'Notebook' })).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

  test('one column, a bar of sections, nothing sticks out, axe finds nothing', async ({ page }) => {
    await openPage(page);
    expect(await violationsOf(page, 'empty')).toEqual([]);
    await runExample(page);
    await expect(page.getByText('re-run equals its row').first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    expect(await violationsOf(page, 'done')).toEqual([]);
    const bar = page.getByRole('navigation', { name: 'Sections' });
    await bar.getByRole('button', { name: 'Set-up' }).click();
    await expect(page.getByLabel('Strategy text')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await violationsOf(page, 'set-up')).toEqual([]);
    await expect(bar.getByRole('button', { name: 'Run' })).toBeEnabled(); // where the results are looked at
    await bar.getByRole('button', { name: 'Trial' }).click();
    await expect(page.getByRole('region', { name: 'Selected trial' })).toBeInViewport();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, input:not([type=file])')]
        .filter((element) => element.checkVisibility() && element.closest('table, [role=grid], .menu') === null)
        .map((element) => ({
          element,
          box: element.getBoundingClientRect(),
          after: Number.parseFloat(getComputedStyle(element, '::after').top) || 0,
        }))
        .filter(({ box, after }) => box.height - 2 * after < 43.5)
        .map(({ element }) => element.outerHTML.slice(0, 120)),
    );
    expect(small).toEqual([]);
  });
});

test('the surface fills while the study runs, and the main thread stays free', { tag: '@alone' }, async ({ page }) => {
  await openPage(page, '#s=rsi-reversion&d=hourly');
  await expect(page.getByRole('button', { name: /^Run [\d ]+ trials/ })).toBeEnabled();
  const counts = await page.evaluate(async () => {
    const seen = new Set<string>();
    dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }));
    const pressed = performance.now();
    let from = pressed;
    while (performance.now() - pressed < 20_000) {
      await new Promise(requestAnimationFrame);
      const pace = document.querySelector<HTMLElement>('[data-run]');
      if (seen.size === 0) from = performance.now();
      if (pace?.dataset['run'] === 'running') seen.add(pace.querySelector('strong')?.textContent ?? '');
      if (pace?.dataset['run'] === 'done') break;
    }
    return { updates: seen.size, seconds: (performance.now() - from) / 1000 };
  });
  expect(counts.updates / counts.seconds).toBeGreaterThan(5);
  await resultsHash(page);
});
