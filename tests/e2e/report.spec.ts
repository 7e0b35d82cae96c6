import { expect, type Page } from '@playwright/test';
import { hasPython, playPython } from '../support/python-run.ts';
import { savedFile } from './support/downloads.ts';
import { openPage, run, runExample, test } from './support/page.ts';

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Selected trial' }).getByRole('button', { name: /^Open/ }).first().click();
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
}

test('the opened trial: months, every metric with its formula, trades in another order, a script', async ({ page }) => {
  test.setTimeout(60_000);
  await openPage(page);
  await runExample(page);
  await openFirst(page);
  await expect(page.getByRole('table').filter({ hasText: 'Jan' }).getByRole('row')).toHaveCount(11); // the names, 2015 to 2024
  await page.getByRole('button', { name: /^All \d+$/ }).click();
  await page.getByRole('button', { name: 'Ulcer index' }).focus();
  await expect(page.getByRole('tooltip').filter({ hasText: 'running peak' }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-phase="trial"]')).toBeVisible();
  await expect(page.getByRole('tooltip').filter({ hasText: 'over the scored bars' }).first()).toBeHidden();

  const trades = page.getByRole('region', { name: 'Trades' });
  await trades.getByRole('button', { name: 'Return %' }).click();
  await expect(trades.getByRole('columnheader', { name: 'Return %' })).toHaveAttribute('aria-sort', 'descending');
  const returns = await trades.locator('tbody tr[data-trade] td:nth-last-child(2)').allTextContents();
  const numbers = returns.map((text) => Number(text.replace('−', '-')));
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));

  const saved = await savedFile(page, '.py', () => page.getByRole('button', { name: 'Export to Python' }).click());
  const script = saved.bytes.toString('utf8');
  expect(script).toContain('from backtesting import Backtest, Strategy');
  expect(script).toContain('ENTER_LONG = ');
  if (hasPython) {
    const [played] = playPython([script]);
    expect(played!.account).toEqual(played!.page);
    expect(played!.shared![0]).toBe(played!.shared![1]);
  }
  await expect(page.getByRole('status').filter({ hasText: /whole study/ })).toBeVisible();
});

test('pinned trials stand side by side', async ({ page }) => {
  await openPage(page);
  await runExample(page);
  await openFirst(page);
  for (const letter of ['B', 'C']) {
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(page.getByRole('button', { name: `Pinned as ${letter}` })).toBeVisible();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  }
  await page.getByRole('button', { name: 'Compare pins' }).click();
  await expect(page.getByRole('button', { name: /^Open trial [ABC]$/ })).toHaveCount(3);
  await expect(page.getByRole('application', { name: /Equities of 3 trials/ }).locator('canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Open trial B' }).click();
  await expect(page.getByRole('button', { name: 'Pinned as B' })).toBeVisible();
});

test('an objective is an expression: a fault has its place, a mended one ranks the trials', async ({ page }) => {
  await openPage(page, '#s=rsi-reversion&d=daily');
  await page.getByRole('combobox', { name: 'Objective' }).selectOption('an expression…');
  const field = page.getByLabel('Objective, an expression over metrics');
  await field.fill('sharpe * mn(1, trades / 20)');
  await expect(page.getByText('Line 1, column 10.')).toBeVisible();
  await expect(page.getByText('Did you mean')).toBeVisible();
  await expect(page.getByText('Needs the objective mended').first()).toBeVisible();
  await field.fill('sharpe * min(1, trades / 20)');
  await run(page);
  await expect(page.getByRole('columnheader', { name: /Objective/ }).first()).toBeVisible();
  await expect.poll(() => new URL(page.url()).hash).toContain('o=sharpe+*+min');
});

test('an empty figure of the table, of the selected trial and of the opened one says why', async ({ page }) => {
  const text = 'n = param(2, 2..30 by 4)\nenter long when rsi(close, 14) < n\nexit long when rsi(close, 14) > 60\n';
  await openPage(page, `#${new URLSearchParams({ s: text, d: 'daily' }).toString()}`);
  await run(page);
  const table = page.getByRole('grid', { name: 'Trials' });
  await expect(table.getByText('no trades').first()).toBeVisible();
  const head = table.getByRole('button', { name: /^Sharpe/ });
  await head.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(table.getByRole('tooltip')).toContainText('mean');
  const empty = table.locator('td', { hasText: '–' });
  const titles = await empty.evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).title));
  expect(titles.length).toBeGreaterThan(2);
  expect(titles.filter((title) => title === '')).toEqual([]);
  await empty.last().click();
  const card = page.getByRole('region', { name: 'Selected trial' });
  await expect(card.getByText('no trades').first()).toBeVisible();
  await openFirst(page);
  await page.getByRole('button', { name: 'Win rate' }).focus();
  await expect(page.getByRole('tooltip').filter({ hasText: 'No value: no trades.' })).toBeVisible();
});
