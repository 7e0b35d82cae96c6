import { expect } from '@playwright/test';
import { openPage, runExample, test } from './support/page.ts';

test('strategies are found by words, read, and taken with the keys alone', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: /^Browse \d+ strategies/ }).press('Enter');
  const search = page.getByRole('combobox', { name: 'Search strategies' });
  await expect(search).toBeFocused();
  await search.fill('turtle stop');
  const list = page.getByRole('listbox', { name: 'Strategies' });
  await expect(list.getByRole('option')).toHaveText(['Turtle with a stop']);
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('stop atr(20) * ranges');
  await search.fill('momentum');
  await search.press('ArrowDown');
  await search.press('ArrowUp');
  await expect(list.getByRole('option', { selected: true })).toHaveText('Time-series momentum');
  await search.press('Enter');
  await expect(search).toBeHidden();
  await expect(page.getByLabel('Strategy text')).toHaveValue(/^\/\/ What has risen goes on rising/);
  await expect(page.getByLabel('Built-in strategy')).toHaveValue('momentum');
});

/** What two attempts to run text as code come to. */
function attempt(): string[] {
  const refused = (run: () => unknown): string => {
    try {
      return `ran: ${String(run())}`;
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown';
    }
  };
  const Make = (() => undefined).constructor as new (code: string) => () => unknown;
  const indirect = globalThis as unknown as Record<'eval', (code: string) => unknown>;
  return [refused(() => new Make('return 1')()), refused(() => indirect['eval']('1'))];
}

test('no text becomes code: the policy forbids it in the page and in its workers', async ({ page, watched }) => {
  const script = `globalThis.attempt = ${attempt.toString()};`;
  await page.addInitScript(`${script}
    globalThis.fromWorkers = [];
    new BroadcastChannel('attempts').onmessage = ({ data }) => globalThis.fromWorkers.push(data);`);
  // Each worker makes the attempts by itself: what the debugger runs is exempt from the policy, or cannot be run there.
  await page.route(/\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const body = `${script}new BroadcastChannel('attempts').postMessage(attempt());\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await openPage(page);
  await runExample(page);
  const inPage = page.evaluate<string[]>('new Promise((resolve) => setTimeout(() => resolve(attempt()), 0))');
  expect(await inPage).toEqual(['EvalError', 'EvalError']);
  const workers = page.workers().length;
  expect(workers).toBeGreaterThan(0);
  const fromWorkers = await page.evaluate<string[][]>('fromWorkers');
  expect(fromWorkers.length).toBeGreaterThanOrEqual(workers);
  for (const answer of fromWorkers) expect(answer).toEqual(['EvalError', 'EvalError']);
  // what the browser says about each attempt is expected here
  expect(watched.errors.every((error) => /unsafe-eval|Content Security Policy/.test(error))).toBe(true);
  watched.errors.length = 0;
});
