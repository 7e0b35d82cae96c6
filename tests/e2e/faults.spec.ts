import { expect } from '@playwright/test';
import { csvBars, openPage, pasteText, resultsHash, runExample, test } from './support/page.ts';

test('a bad file is one clear fault, and the bars that were there stay', async ({ page }) => {
  await openPage(page);
  await page.setInputFiles('input[type=file]', {
    name: 'bad.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('hello,world\n1,2\n'),
  });
  await expect(page.getByText('bad.csv cannot be used.')).toBeVisible();
  await pasteText(page, csvBars(300));
  await expect(page.getByText('bad.csv cannot be used.')).toBeHidden();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.setInputFiles('input[type=file]', { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(page.getByText('empty.csv cannot be used.')).toBeVisible();
  await expect(page.getByText('pasted rows stays loaded.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run 9 310 trials' })).toBeEnabled();
});

test('refused rows are listed with their lines', async ({ page }) => {
  await openPage(page);
  const rows = csvBars(40).split('\n');
  rows[7] = rows[7]!.replace(/,[\d.]+,/, ',n/a,');
  await pasteText(page, rows.join('\n'));
  await page.getByRole('button', { name: '1 row refused' }).click();
  const report = page.getByRole('dialog', { name: 'Import report' });
  await expect(report).toContainText('line 8');
  await page.keyboard.press('Escape');
  await expect(report).toBeHidden();
});

test('a bad strategy text says line, column and cure; the results stay', async ({ page }) => {
  await openPage(page);
  await runExample(page);
  const text = await page.getByLabel('Strategy text').inputValue();
  await page.getByLabel('Strategy text').fill(text.replace('crossover(', 'crossovr('));
  await expect(page.getByText(/Line 10, column 17\./)).toBeVisible();
  await expect(page.getByText('Did you mean crossover?')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
  await expect(page.getByText('Needs line 10 of the strategy mended.')).toBeVisible();
  await expect(page.getByRole('grid', { name: /^Heat map/ })).toBeVisible();
  await page.getByRole('button', { name: 'Reset to built-in' }).click();
  await expect(page.getByRole('button', { name: 'Run 9 310 trials' })).toBeEnabled();
});

for (const [what, fragment] of [
  ['an unknown key', '#s=ma-cross&zz=1'],
  ['an unknown strategy', '#s=ma-crss&d=daily'],
  ['damaged compressed text', '#z=AAAAAAAA&d=daily'],
  ['a hostile name', '#s=ma-cross&p.__proto__=1..2+by+1'],
  ['a broken percent sign', '#s=%E0%A4%A'],
  ['far too many characters', `#z=${'A'.repeat(40_000)}`],
] as const) {
  test(`a link with ${what} gives a fault and a page that works`, async ({ page }) => {
    await openPage(page, fragment);
    await expect(page.locator('[data-notice="link"]')).toBeVisible();
    await runExample(page);
  });
}

test('a file that is shorter than the warm-up offers ranges that fit', async ({ page }) => {
  await openPage(page);
  await pasteText(page, csvBars(150));
  await expect(page.getByText('The longest warm-up is 200 bars').first()).toBeVisible();
  await page.getByRole('button', { name: 'Lower slow to 74' }).click();
  await page.getByRole('button', { name: /^Run [\d ]+ trials/ }).click();
  await resultsHash(page);
});

test('a link of another engine says so and still opens', async ({ page }) => {
  await openPage(page, '#s=ma-cross&d=daily&v=9.0.0');
  await expect(page.getByText('This link was made with another engine.')).toBeVisible();
  await expect(page.getByText(/It says version 9\.0\.0, this page is version \d+\.\d+\.\d+\./)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Run [\d ]+ trials/ })).toBeEnabled();
});

test('other bars than the sender’s are said plainly', async ({ page }) => {
  await openPage(page, `#s=ma-cross&d=daily&h=${'ab'.repeat(32)}`);
  await expect(page.getByText('These are not the sender’s bars.')).toBeVisible();
  await expect(page.getByText(/hash abab abab\. Here: SYN-D1/)).toBeVisible();
});

test('a failed link in the same tab leaves the results alone', async ({ page }) => {
  await openPage(page);
  await runExample(page);
  const before = await resultsHash(page);
  await page.evaluate(() => (location.hash = '#zz=1'));
  await expect(page.getByText('This link cannot be opened.')).toBeVisible();
  expect(await resultsHash(page)).toBe(before);
});
