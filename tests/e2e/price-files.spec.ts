import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { FAMILIES, type Family } from './support/families.ts';
import { csvBars, openPage, pasteText, run, test } from './support/page.ts';

const golden = (name: string) => readFileSync(fileURLToPath(new URL(`../golden/vendors/${name}`, import.meta.url)));

async function pick(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('Price file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** Few bars need short periods: a strategy without any. */
async function runPlain(page: Page): Promise<string> {
  await page
    .getByLabel('Strategy text')
    .fill('n = param(3, 2..6 by 1)\nenter long when close > sma(close, n)\nexit long when close < sma(close, n)\n');
  return run(page);
}

async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const data = await transferOf(page, name, bytes);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: data });
  await expect(page.getByText(/^Release to read/)).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
}

/** Text from the clipboard, with the keys; other files as a file manager puts them there. */
async function paste(page: Page, { name, bytes, binary = false }: Family): Promise<void> {
  if (!binary) return pasteText(page, new TextDecoder().decode(bytes));
  const data = await transferOf(page, name, bytes);
  await page.evaluate((transfer) => {
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    // Firefox's constructor takes no files.
    Object.defineProperty(event, 'clipboardData', { value: transfer });
    document.body.dispatchEvent(event);
  }, data);
}

function transferOf(page: Page, name: string, bytes: Buffer) {
  return page.evaluateHandle(
    ([file, base64]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], file));
      return transfer;
    },
    [name, bytes.toString('base64')] as const,
  );
}

const WAYS = ['picked', 'dropped', 'pasted'] as const;

async function bring(page: Page, way: (typeof WAYS)[number], family: Family): Promise<void> {
  if (way === 'picked') await pick(page, family.name, family.bytes);
  else if (way === 'dropped') await drop(page, family.name, family.bytes);
  else await paste(page, family);
}

let onePage: Page | undefined;

/** One page for all kinds: every file takes the place of another kind's, as at a desk where one after the other is tried. */
const testInOnePage = test.extend({
  page: async ({ browser }, use) => use((onePage ??= await browser.newPage())),
});

test.describe(() => {
  test.describe.configure({ mode: 'default' });

  for (const family of FAMILIES) {
    testInOnePage(`${family.kind}: picked, dropped and pasted, a study runs on it`, async ({ page }) => {
      if (page.url() === 'about:blank') await openPage(page);
      else await page.getByRole('button', { name: 'Change' }).click();
      const hashes = new Set<string>();
      for (const way of WAYS) {
        const name = way === 'pasted' && family.binary !== true ? 'pasted rows' : `${way}-${family.name}`;
        const shown = page.getByText(name, { exact: true }).filter({ visible: true });
        await expect(shown).toHaveCount(0);
        await bring(page, way, { ...family, name });
        await expect(shown.first()).toBeVisible();
        if (family.asks === true) {
          const question = page.getByRole('region', { name: 'Question about the file' });
          await question.locator('.primary').click();
          await expect(question).toHaveCount(0);
          await page.getByRole('button', { name: 'Close', exact: true }).click();
        }
        hashes.add(await (way === 'picked' ? runPlain(page) : run(page)));
      }
      expect(hashes.size).toBe(1);
    });
  }
});

test('a web page in place of a file is named for what it is, however it comes', async ({ page }) => {
  const html =
    '<!doctype html>\n<html><head><title>Sign in</title></head><body><script>window.ran = 1</script></body></html>\n';
  for (const way of WAYS) {
    await openPage(page);
    await bring(page, way, { kind: 'HTML', name: 'prices.csv', bytes: Buffer.from(html) });
    await expect(page.locator('[data-notice="data"]')).toContainText(/web page/);
    await expect(page.getByRole('list', { name: 'First lines of the file' })).toContainText('<title>Sign in</title>');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
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

test('hostile cells stay text', async ({ page }) => {
  await openPage(page);
  await pasteText(page, csvBars(300).replace('Volume', 'Volume,<img src=x onerror=alert(1)>'));
  await expect(page.getByText('300 bars')).toBeVisible();
});
