import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { mkdirSync, rmSync } from 'node:fs';
import { DOWNLOADS } from './downloads.ts';
import { mediaPreferences, showsMedia, startFirefox, type Media, type Preferences } from './firefox.ts';

/** What every page test watches: nothing may be logged as an error, and nothing may leave this origin. */
export interface Watched {
  readonly errors: string[];
  readonly requests: string[]; // every URL asked for, in order
}

/** The hash of `body {}`, a style sheet that Playwright adds to a page in Firefox before it takes a picture. */
const PICTURE_STYLE = 'sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=';

/** Options of a test. */
interface Options {
  readonly media: Media;
  readonly preferences: Preferences; // of a Firefox, which starts with them
}

/** For pages of another address than the suite's, or with orders to fail. Tests of one kind of worker share browsers. */
export const unwatched = base.extend<Options>({
  launchOptions: [
    async ({ launchOptions, browserName }, use) => {
      if (browserName !== 'firefox') return use(launchOptions);
      mkdirSync(DOWNLOADS, { recursive: true });
      await use({ ...launchOptions, downloadsPath: DOWNLOADS });
      rmSync(DOWNLOADS, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  media: [{}, { option: true }],
  preferences: [{}, { option: true }],
  page: async ({ page, media, preferences, playwright, browserName, launchOptions }, use) => {
    await page.emulateMedia(media);
    const wanted = (await showsMedia(page, media)) ? preferences : { ...mediaPreferences(media), ...preferences };
    if (browserName !== 'firefox' || Object.keys(wanted).length === 0) return use(page);
    const browser = await startFirefox(playwright, launchOptions, wanted);
    const context = await browser.newContext(); // axe opens a second page in it
    const own = await context.newPage();
    expect(await showsMedia(own, media)).toBe(true);
    await use(own);
    await browser.close();
  },
});

export const test = unwatched.extend<{ watched: Watched }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const watched: Watched = { errors: [], requests: [] };
      page.on('console', (message) => {
        // What a graphics driver says of its own pace is no fault of the page.
        if (message.text().includes('GL Driver Message')) return;
        if (message.type() === 'error' || message.type() === 'warning') watched.errors.push(message.text());
      });
      page.on('pageerror', ({ message }) => {
        if (!message.includes(PICTURE_STYLE)) watched.errors.push(message);
      });
      page.on('request', (request) => watched.requests.push(request.url()));
      await use(watched);
      expect(watched.errors).toEqual([]);
      const foreign = watched.requests.filter((url) => !url.startsWith(baseURL ?? '') && !/^(blob|data):/.test(url));
      expect(foreign).toEqual([]);
    },
    { auto: true },
  ],
});

export async function openPage(page: Page, fragment = ''): Promise<void> {
  // A page that is left first: a change of the fragment alone would not load anything.
  if (page.url() !== 'about:blank') await page.goto('about:blank');
  await page.goto(`./${fragment}`);
  await expect(page.locator('[data-phase]')).toBeVisible();
}

export function runState(page: Page, state: string) {
  return page.locator(`[data-run="${state}"]`);
}

/** SHA-256 of the finished run's results, once it is known. */
export async function resultsHash(page: Page, timeout = 30_000): Promise<string> {
  const signed = page.locator('[data-run="done"][data-results-hash]');
  await expect(signed).toBeVisible({ timeout });
  return (await signed.getAttribute('data-results-hash')) ?? '';
}

export async function runExample(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Run the example' }).click();
  return resultsHash(page);
}

export async function run(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Run (?!the example)/ }).click();
  return resultsHash(page);
}

/** Daily bars with a trend that turns; prices with two decimals, all made by arithmetic. */
export function csvBars(count: number): string {
  const lines = ['Date,Open,High,Low,Close,Volume'];
  let price = 10_000; // hundredths
  for (let i = 0; i < count; i++) {
    const date = new Date(Date.UTC(2015, 0, 1 + i)).toISOString().slice(0, 10);
    const open = price;
    price += ((i * 7919) % 101) - 50 + (i % 160 < 80 ? 12 : -11);
    const prices = [open, Math.max(open, price) + 20, Math.min(open, price) - 20, price].map((units) =>
      (units / 100).toFixed(2),
    );
    lines.push([date, ...prices, 1000 + i].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Lets the page read what it copied. WebDriver BiDi has no such permission, and Firefox asks for none. */
export async function allowClipboard(page: Page): Promise<void> {
  if (page.context().browser()?.browserType().name() === 'firefox') return;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
}

/** Pastes as a person does, with the clipboard and the keys. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await allowClipboard(page);
  await page.evaluate((rows) => navigator.clipboard.writeText(rows), text);
  await page.keyboard.press('Control+V');
}

/** Types over what a field holds. WebDriver BiDi fills a field as a script would, and that is no change to Firefox. */
export async function typeOver(field: Locator, text: string): Promise<void> {
  await field.selectText();
  await field.pressSequentially(text);
}

/** Short on purpose: text as it stands in the strategy box of an edited study. */
export const OWN_STRATEGY = `fast = param(5, 3..12 by 1)
slow = param(20, 15..40 by 5)
require fast < slow
enter long when crossover(sma(close, fast), sma(close, slow))
exit long when crossunder(sma(close, fast), sma(close, slow))
`;
