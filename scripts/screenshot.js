import path from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { ROOT } from './bundle.js';
import { findBrowser, NO_BROWSER } from './find-browser.js';
import { createStaticServer, listen } from './serve.js';

// `npm run screenshot`: the pictures of the README, taken of the built page with the example run.

const PICTURES = [
  { name: 'study-light', scheme: 'light', open: false },
  { name: 'trial-dark', scheme: 'dark', open: true },
];

const found = await findBrowser({ install: false });
if (found === null) throw new Error(NO_BROWSER);
await build({ logLevel: 'warn' });
const server = createStaticServer(path.join(ROOT, 'dist'));
const port = await listen(server, 0, false);
const browser = await chromium.launch(found.launch);
try {
  for (const { name, scheme, open } of PICTURES) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme: scheme === 'dark' ? 'dark' : 'light',
      locale: 'en-US',
    });
    await page.goto(`http://localhost:${port}/`);
    await page.getByRole('button', { name: 'Run the example' }).click();
    await page.locator('[data-run="done"][data-results-hash]').waitFor();
    // A second run is a warm one: its figures are those that a visitor sees from then on.
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-run="done"][data-results-hash]').waitFor();
    if (open) {
      await page.getByRole('button', { name: 'Open', exact: false }).first().click();
      await page.locator('.uplot canvas').nth(2).waitFor();
    }
    await page.waitForTimeout(1000);
    await page.screenshot({ path: path.join(ROOT, 'docs/images', `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
