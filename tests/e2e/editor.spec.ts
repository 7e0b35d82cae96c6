import { expect } from '@playwright/test';
import { openPage, test } from './support/page.ts';

test.beforeEach(async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: 'Run the example' }).click();
  await expect(page.locator('[data-run="done"]')).toBeVisible({ timeout: 30_000 });
});

test('the editor is fetched when it is opened; it completes, marks faults, takes back and shows series', async ({
  page,
  watched,
}) => {
  const fetched = (): boolean => watched.requests.some((url) => url.includes('EditorDialog'));
  expect(fetched()).toBe(false);
  await page.getByRole('button', { name: 'Open the editor' }).click();
  const editor = page.getByRole('textbox', { name: 'Strategy text in the editor' });
  await expect(editor).toBeFocused();
  expect(fetched()).toBe(true);

  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nexit long when rs');
  await expect(page.getByRole('option', { name: /^rsi/ })).toBeVisible();
  await page.waitForTimeout(200); // a list that has just come takes no key yet
  await page.keyboard.press('Enter');
  await page.keyboard.type('(close, 14) > hott');
  await expect(page.getByRole('dialog')).toContainText('hott is not defined');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('ArrowRight');
  for (let key = 0; key < 4; key++) await page.keyboard.press('Backspace');
  await page.keyboard.type('70');
  await expect(page.getByRole('dialog')).toContainText('The text is right');

  await page.getByLabel('Search the reference').fill('wilder average true range');
  await expect(page.getByRole('button', { name: /^atr\(/ })).toBeVisible();

  await editor.click();
  await page.keyboard.press('Control+Home');
  for (let line = 0; line < 6; line++) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog')).toContainText('f is 1');

  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByLabel('Strategy text')).toHaveValue(/exit long when rsi\(close, 14\) > 70$/);
});

test('a strategy is typed from scratch: a list of words takes no line’s end, an order no bars_held', async ({ page }) => {
  await page.getByRole('button', { name: 'Open the editor' }).click();
  const editor = page.getByRole('textbox', { name: 'Strategy text in the editor' });
  await expect(editor).toBeFocused();
  const text = [
    '// Break out, leave in time',
    'n = param(20, 10..30 by 5)',
    'on = param(true)',
    'up = tf("1W", sma(close, 4))',
    'enter long when close > highest(high, n)[1] and (not on or close > up)',
    'exit long when bars_held > 5 and close < (open_profit > 0 ? low[1] : entry_price)',
    'stop 1.5 points',
    'exit after 40 bars',
    'size 100 units',
  ];
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete'); // typing over styled text makes Chromium try an inline style, which the policy refuses
  for (const [k, line] of text.entries()) {
    if (k > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line, { delay: 15 });
  }
  await expect(page.getByRole('dialog')).toContainText('The text is right');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByLabel('Strategy text')).toHaveValue(text.join('\n'));
});

test('form and text are two places of one range: the last edit counts', async ({ page }) => {
  const low = page.getByLabel('fast from');
  await low.fill('9');
  await page.getByRole('button', { name: 'Open the editor' }).click();
  const editor = page.getByRole('textbox', { name: 'Strategy text in the editor' });
  await expect(editor).toContainText('→ 9..60 by 1');
  const text = await editor.innerText();
  const line = text.split('\n').findIndex((one) => one.startsWith('fast ='));
  await page.keyboard.press('Control+Home');
  for (let k = 0; k < line; k++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('fast = param(12, 7..50 by 1)');
  await expect(editor).not.toContainText('→');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(low).toHaveValue('7');
});
