import { defineConfig } from '@playwright/test';
import { createServer } from 'node:http';
import { BROWSER_VARIABLE, findBrowser, NO_BROWSER } from './scripts/find-browser.js';
import { listen } from './scripts/serve.js';

const ZONE = 'America/New_York';

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, false);
  server.close();
  return port;
}

// This file is read again in every test process, which inherits the port from the first.
process.env['E2E_PORT'] ??= String(await freePort());
// The processes of the tests read local time too.
process.env['TZ'] = ZONE;
const port = process.env['E2E_PORT'];
const browser = await findBrowser({ install: false });
// Without this a Firefox that does not start would be a green run in Chromium.
if (browser === null && process.env['E2E_BROWSER'] !== undefined) throw new Error(NO_BROWSER);
// Found once: every test process would start it again to see that it starts.
if (browser !== null) process.env[BROWSER_VARIABLE] = JSON.stringify(browser);
const serve = process.env['BARSWEEP_BUILT'] === undefined ? 'node scripts/start.js' : 'node scripts/start.js --built';

/** The tag of tests that limit a time: nothing may run beside them. */
const ALONE = /@alone/;

// The built page, served as `npm start` serves it. `npm test` runs the first project two at a time, the second one by one.
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  // Single tests, not files, are shared out among workers, so that these end together.
  fullyParallel: true,
  // A shared machine may be many times slower than usual; what is wrong stays wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'list',
  webServer: { command: serve, env: { PORT: port }, url: `http://localhost:${port}/`, timeout: 120_000 },
  projects: [
    { name: 'together', grepInvert: ALONE },
    { name: 'alone', grep: ALONE },
  ],
  use: {
    baseURL: `http://localhost:${port}/`,
    browserName: browser?.engine ?? 'chromium',
    locale: 'en-US',
    timezoneId: ZONE,
    screenshot: 'only-on-failure',
    launchOptions: browser?.launch ?? {},
  },
});
