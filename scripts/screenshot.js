import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { ROOT } from './bundle.js';
import { findBrowser, launch, NO_BROWSER } from './find-browser.js';
import { PICTURES, SIZES, THEMES } from './review.js';
import { createStaticServer, listen } from './serve.js';

// `npm run screenshot`: the pictures of the README, taken of the built page with the example run.
// `npm run screenshot -- review [words]`: every view in every theme and size, in .cache/review, to look through. Words pick
// pictures by their names, all of which must stand there: `review dark relief`.

const [what, ...words] = process.argv.slice(2);
const README = [
  { name: 'study-light', scheme: 'light', open: false },
  { name: 'trial-dark', scheme: 'dark', open: true },
];
const DONE = '[data-run="done"][data-results-hash]';

const found = await findBrowser({ install: false });
if (found === null) throw new Error(NO_BROWSER);
const outDir = path.join(ROOT, '.cache/screenshot-page');
await build({ logLevel: 'warn', build: { outDir, emptyOutDir: true } });
const server = createStaticServer(outDir);
const address = `http://localhost:${await listen(server, 0, false)}/`;
const browser = await launch(found);
try {
  if (what === 'review') await review();
  else await pictureReadme();
} finally {
  await browser.close();
  server.close();
}

async function pictureReadme() {
  for (const { name, scheme, open } of README) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: scheme === 'dark' ? 'dark' : 'light',
      locale: 'en-US',
    });
    await page.goto(address);
    await page.evaluate("localStorage.setItem('barsweep.tour', 'done')");
    await page.getByRole('button', { name: 'Run the example' }).click();
    await page.locator(DONE).waitFor();
    // A second run is a warm one: its figures are those that a visitor sees from then on.
    await page.keyboard.press('Control+Enter');
    await page.locator(DONE).waitFor();
    if (open) {
      await page.getByRole('region', { name: 'Selected trial' }).getByRole('button', { name: /^Open/ }).first().click();
      await page.locator('.uplot canvas').nth(2).waitFor();
    }
    await page.waitForTimeout(1000);
    await page.screenshot({ path: path.join(ROOT, 'docs/images', `${name}.png`) });
    await page.close();
  }
}

async function review() {
  const folder = path.join(ROOT, '.cache/review');
  mkdirSync(folder, { recursive: true });
  for (const size of SIZES) {
    for (const theme of THEMES) {
      const picked = PICTURES.map((picture) => ({ ...picture, file: `${size.name}-${theme.name}-${picture.name}` })).filter(
        ({ file }) => words.every((word) => file.includes(word)),
      );
      if (picked.length === 0) continue;
      for (const picture of picked) {
        // A context each: a study of the picture before would be offered again.
        const context = await browser.newContext({
          viewport: { width: size.width, height: size.height },
          colorScheme: theme.colorScheme === 'dark' ? 'dark' : 'light',
          contrast: theme.contrast === 'more' ? 'more' : 'no-preference',
          reducedMotion: 'reduce',
          isMobile: size.phone,
          hasTouch: size.phone,
          deviceScaleFactor: size.phone ? 2 : 1,
          locale: 'en-US',
        });
        await context.addInitScript("localStorage.setItem('barsweep.tour', 'done')");
        await take(context, picture, path.join(folder, `${picture.file}.png`), size.phone);
        await context.close();
      }
    }
  }
  console.log(`Pictures in ${folder}`);
}

/**
 * @param {import('playwright').BrowserContext} context
 * @param {import('./review.js').Picture} picture
 * @param {string} file
 * @param {boolean} whole the whole length of the page
 */
async function take(context, { name, link, until }, file, whole) {
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`${file}: ${error.message}`));
  await page.goto(address + link);
  if (link !== '') await page.locator('[data-phase="ready"]').waitFor();
  if (until.includes('data-run')) {
    await page
      .locator('button:enabled', { hasText: /^\s*(Run|Search) / })
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Control+Enter');
  }
  await page.locator(until).waitFor({ timeout: 60_000 });
  if (name === 'trial') {
    await page.getByRole('button', { name: /^Open/ }).first().click();
    await page.locator('.uplot canvas').nth(2).waitFor();
  }
  await page.waitForTimeout(until.includes('running') ? 2500 : 900);
  await page.screenshot({ path: file, fullPage: whole });
  await page.close();
}
