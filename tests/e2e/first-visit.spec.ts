import { expect } from '@playwright/test';
import { allowClipboard, openPage, test } from './support/page.ts';

/** Keeps every sentence of the page's heading from now on. */
const NOTE_SENTENCES = `
  var sentences = [];
  new MutationObserver(() => {
    const text = document.querySelector('h1').textContent.trim();
    if (text !== sentences.at(-1)) sentences.push(text);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

// Two minutes are what a person who never saw the page may need.
test('whoever comes for the first time finds the most robust region of the example and shares it', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await allowClipboard(page);
  await openPage(page);

  // "Backtest every parameter combination …" and one black button.
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Backtest every parameter combination');
  await page.evaluate(NOTE_SENTENCES);
  await page.getByText('Run the example').click();

  // The page answers with the region, before anything else is touched, and takes back nothing that it said.
  const answer = page.getByRole('heading', { level: 1 });
  await expect(answer).toContainText(/The broad region is kind (sma|ema), fast \d+ to \d+, slow \d+ to \d+: Sharpe/, {
    timeout: 30_000,
  });
  const region = (await answer.textContent()) ?? '';
  const said = await page.evaluate<string[]>('sentences');
  expect(said.filter((text) => /^(No trial|Best|Most)/.test(text))).toEqual([]);
  expect(new Set(said.filter((text) => text.startsWith('The ')).map((text) => text.replace(/\s+/g, ' '))).size).toBe(1);
  await expect(page.getByText('Plateau before peak').or(page.getByText('Every cell is one trial')).first()).toBeVisible();
  await expect(page.getByText(/^plateau, \d+ trials$/)).toBeVisible();

  // What the words mean stands in the tour and on the card.
  await page.getByText('Next', { exact: true }).click();
  await expect(
    page.getByText('The most robust trial is the one whose neighbours are good too.', { exact: false }),
  ).toBeVisible();
  await page.getByText('Skip for ever').click();
  await page.getByText('Most robust', { exact: true }).click();
  const card = page.getByRole('region', { name: 'Selected trial' });
  await expect(card.getByText('the most robust', { exact: false }).first()).toBeVisible();
  await expect(card.getByText('in the plateau')).toBeVisible();
  const trial = await card.getByRole('heading').first().textContent();

  await page.getByText('Copy link').click();
  await expect(page.getByText(/Link copied, [\d\s]+ characters\./)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  // Somebody else opens it, runs it, and sees the same region and the same trial.
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByText('Opened from a link. It has not been run.')).toBeVisible();
  await other.getByText(/^Run 9\s310 trials/).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(region, { timeout: 30_000 });
  await expect(other.getByRole('region', { name: 'Selected trial' }).getByRole('heading').first()).toHaveText(trial ?? '');
  await other.context().close();
});
