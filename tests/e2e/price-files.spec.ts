import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { csvBars, openPage, pasteText, resultsHash, run, test } from './support/page.ts';

const golden = (name: string) => readFileSync(fileURLToPath(new URL(`../golden/vendors/${name}`, import.meta.url)));

async function pick(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('Price file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** Few bars need short periods: a strategy without any. */
async function runPlain(page: Page): Promise<void> {
  await page
    .getByLabel('Strategy text')
    .fill('n = param(3, 2..6 by 1)\nenter long when close > sma(close, n)\nexit long when close < sma(close, n)\n');
  await run(page);
}

test('files of every family are picked and a study runs on each', async ({ page }) => {
  const files: [string, Buffer][] = [
    ...['yahoo.csv', 'excel-de.tsv', 'metatrader5.csv', 'coinbase.json'].map((name): [string, Buffer] => [name, golden(name)]),
    ['packed.csv.gz', gzipSync(golden('stooq.csv'))],
  ];
  for (const [name, buffer] of files) {
    await openPage(page);
    await pick(page, name, buffer);
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    await runPlain(page);
  }
});

test('a question stands before the run, its answer travels in the link', async ({ page }) => {
  await openPage(page);
  await pick(page, 'kibot.txt', golden('kibot.txt'));
  await expect(page.getByText(/Dates like .* can be read in two ways/)).toBeVisible();
  await page.getByRole('button', { name: /^month, day, year/ }).click();
  await expect(page.getByText(/can be read in two ways/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Close' }).click();
  await runPlain(page);
  await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain('date_order=mdy');
});

test('several files are kept, and one comes back on the next visit', async ({ page }) => {
  await openPage(page);
  await page.getByLabel('Price file').setInputFiles([
    { name: 'one.csv', mimeType: 'text/csv', buffer: Buffer.from(csvBars(300)) },
    { name: 'two.csv', mimeType: 'text/csv', buffer: golden('stooq.csv') },
  ]);
  await expect(page.getByText('300 bars')).toBeVisible();
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByRole('button', { name: 'Delete one.csv' })).toBeVisible();
  await openPage(page);
  await page.getByRole('button', { name: /^one\.csv/ }).click();
  await expect(page.getByText('300 bars')).toBeVisible();
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Delete one.csv' }).click();
  await expect(page.getByRole('button', { name: 'Delete one.csv' })).toHaveCount(0);
});

test('pasted and dropped rows are read, hostile cells stay text', async ({ page }) => {
  await openPage(page);
  await pasteText(page, csvBars(300).replace('Volume', 'Volume,<img src=x onerror=alert(1)>'));
  await expect(page.getByText('300 bars')).toBeVisible();
  await openPage(page);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.csv'));
    return transfer;
  }, csvBars(300));
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(page.getByText('dropped.csv').first()).toBeVisible();
  await page
    .getByLabel('Strategy text')
    .fill('n = param(3, 2..6 by 1)\nenter long when close > sma(close, n)\nexit long when close < sma(close, n)\n');
  await page.getByRole('button', { name: /^Run / }).click();
  await resultsHash(page);
});
