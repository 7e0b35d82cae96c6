import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { savedFile } from './support/downloads.ts';
import { openPage, resultsHash, run, test } from './support/page.ts';

test('a search in the browser asks the trials of the command line’s, in the same order', async ({ page }) => {
  test.setTimeout(120_000);
  const link = '#s=ma-cross&g=equity.5.800&p.fast=2..60+by+1&p.slow=10..120+by+1&m=genetic&n=300&seed=4';
  await openPage(page, link);
  await page.getByRole('button', { name: /^Search 300 trials/ }).click();
  await resultsHash(page);
  await page.getByRole('button', { name: 'Save trials or a picture' }).click();
  const saved = await savedFile(page, '.csv', () => page.getByRole('button', { name: 'CSV', exact: true }).click());
  const inBrowser = saved.bytes.toString('utf8');
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/study.js', link, '--quiet', '--workers', '5']);
  expect(inBrowser.split('\n')).toHaveLength(300 + 2);
  expect(inBrowser).toBe(stdout);
});

// Shortest round-trip text is one-to-one with the bits of a number, so equal files are equal metric columns and states.
test('the browser’s results and the command line’s are the same bytes', async ({ page }) => {
  test.setTimeout(120_000);
  const link = '#s=bollinger-reversion&g=fx.5.4000&p.n=10..60+by+5&p.width=1..3+by+0.25&slip=0.0001&fix=0.5';
  await openPage(page, link);
  await run(page);
  await page.getByRole('button', { name: 'Save trials or a picture' }).click();
  const saved = await savedFile(page, '.csv', () => page.getByRole('button', { name: 'CSV', exact: true }).click());
  const inBrowser = saved.bytes.toString('utf8');
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/study.js', link, '--quiet', '--workers', '3']);
  expect(inBrowser.split('\n')).toHaveLength(11 * 9 + 2);
  expect(inBrowser).toBe(stdout);
});
