import { expect, type Page } from '@playwright/test';
import { violationsOf } from './support/axe.ts';
import { openPage, resultsHash, test } from './support/page.ts';

const STUDY = '#s=ma-cross&d=daily&p.fast=5..40+by+1&p.slow=20..100+by+2&brush.sharpe=0.1..0.9&pin=B500,C900';
const LONG = '#s=rsi-reversion&d=minute&fee=0..0.002+by+0.00005'; // still running when every view was looked at

const VIEWS = ['Table', 'Slices', 'Parallel', 'Importance', 'Scatter', 'Distribution', 'Pairs'];
const FORMS = ['Relief in three dimensions', 'Small maps over the other axes', 'Show the numbers of this picture', 'Map'];

const THEMES = (
  [
    ['light', 'light', 'no-preference'],
    ['dark', 'dark', 'no-preference'],
    ['light with high contrast', 'light', 'more'],
    ['dark with high contrast', 'dark', 'more'],
  ] as const
).map(([name, colorScheme, contrast]) => ({ name, media: { colorScheme, contrast, reducedMotion: 'reduce' } as const }));

// What changes from view to view; the rest of the page is looked at once per state.
const CHANGING = ['#surface', '.between', '#table'];

/** Every view and every form of the surface, one after the other. */
async function foundInViews(page: Page, state: string): Promise<string[]> {
  const all: string[] = [];
  for (const name of VIEWS) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('tabpanel', { name, exact: true })).toBeVisible();
    await expect(page.locator('[role="tabpanel"] > *').last()).toBeVisible();
    all.push(...(await violationsOf(page, `${name}, ${state}`, CHANGING)));
  }
  await page.getByRole('tab', { name: 'Importance', exact: true }).click();
  for (const name of FORMS) {
    const form = page.getByRole('button', { name, exact: true });
    await form.click();
    await expect(form).toHaveAttribute('aria-pressed', 'true');
    all.push(...(await violationsOf(page, `${name}, ${state}`, CHANGING)));
  }
  await page.getByRole('button', { name: 'Neighbourhood', exact: true }).click();
  all.push(...(await violationsOf(page, `neighbourhoods, ${state}`)));
  await page.getByRole('button', { name: 'Each trial', exact: true }).click();
  return all;
}

const ALL = process.env['LONG'] === '1';

/** @param views the state in which every view is walked through; in `npm run test:long` both */
async function foundThroughout(page: Page, views: 'done' | 'running'): Promise<string[]> {
  await openPage(page);
  const all = await violationsOf(page, 'empty');
  await openPage(page, STUDY);
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  await expect(page.locator('button:enabled', { hasText: /^\s*Run / }).first()).toBeAttached();
  all.push(...(await violationsOf(page, 'ready')));
  await page.keyboard.press('Control+Enter');
  await resultsHash(page);
  await expect(page.getByRole('region', { name: 'Tour' })).toBeVisible();
  all.push(...(await violationsOf(page, 'tour')));
  await page.getByRole('button', { name: 'Skip for ever' }).click();
  if (ALL || views === 'done') all.push(...(await foundInViews(page, 'done')));
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('dialog')).toBeVisible();
  all.push(...(await violationsOf(page, 'commands')));
  await page.keyboard.press('Escape');
  await openPage(page, LONG);
  await expect(page.locator('button:enabled', { hasText: /^\s*Run / }).first()).toBeAttached({ timeout: 30_000 });
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-run="running"] strong').first()).not.toHaveText(/^0/, { timeout: 30_000 });
  all.push(...(await violationsOf(page, 'running')));
  // A paused study has the same views, and leaves the cores to axe.
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  if (ALL || views === 'running') all.push(...(await foundInViews(page, 'running')));
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-run="cancelled"]')).toBeVisible();
  return all;
}

async function foundInForms(page: Page): Promise<string[]> {
  await openPage(page);
  await page.getByRole('button', { name: /^Daily/ }).click();
  await expect(page.locator('[data-phase="ready"]')).toBeVisible();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const all = await violationsOf(page, 'costs');
  await page.keyboard.press('Control+Enter');
  await resultsHash(page);
  await expect(page.getByText('re-run equals its row').first()).toBeVisible();
  all.push(...(await violationsOf(page, 'done')));
  await page.getByRole('button', { name: 'Change' }).click();
  all.push(...(await violationsOf(page, 'data')));
  await page.keyboard.press('Escape');
  await page.getByLabel('Strategy text').fill('enter long when closse > 1');
  await expect(page.getByText(/Line 1, column/)).toBeVisible();
  all.push(...(await violationsOf(page, 'fault')));
  await page.getByRole('region', { name: 'Selected trial' }).getByRole('button', { name: /^Open/ }).first().click();
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
  all.push(...(await violationsOf(page, 'trial')));
  return all;
}

/** One pass takes half a minute: `npm test` makes two, the light page and the dark phone, and `npm run test:long` all six. */
function unlessLong(usual: boolean): void {
  test.skip(!usual && !ALL, 'minutes: npm run test:long');
}

test('axe sees what is wrong with a page', async ({ page }) => {
  await page.setContent('<html lang="en"><title>A page</title><main><button></button></main></html>');
  expect(await violationsOf(page, 'here')).toEqual(['here: button-name: <button></button>']);
});

for (const { name, media } of THEMES) {
  test.describe(() => {
    test.use({ media });
    unlessLong(name === 'light');

    test(`axe finds nothing in any view, ${name}`, async ({ page }) => {
      test.setTimeout(600_000);
      expect(await foundThroughout(page, 'done')).toEqual([]);
    });
  });
}

for (const { name, media } of THEMES) {
  test.describe(() => {
    test.use({ media });
    unlessLong(name === 'dark' || name === 'light with high contrast');

    test(`axe finds nothing in forms, dialogs, faults and an opened trial, ${name}`, async ({ page }) => {
      expect(await foundInForms(page)).toEqual([]);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

  for (const { name, media } of THEMES.slice(0, 2)) {
    test.describe(() => {
      test.use({ media });
      unlessLong(name === 'dark');

      test(`axe finds nothing in any view, ${name}`, async ({ page }) => {
        test.setTimeout(600_000);
        expect(await foundThroughout(page, 'running')).toEqual([]);
      });
    });
  }
});
