import { defineConfig } from '@playwright/test';
import { createServer } from 'node:http';
import { findBrowser } from './scripts/find-browser.js';
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
const serve = process.env['BARSWEEP_BUILT'] === undefined ? 'node scripts/start.js' : 'node scripts/start.js --built';

// The built page, served as `npm start` serves it. A study takes all cores, so tests run one after the other.
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: 'list',
  webServer: { command: serve, env: { PORT: port }, url: `http://localhost:${port}/`, timeout: 120_000 },
  use: {
    baseURL: `http://localhost:${port}/`,
    locale: 'en-US',
    timezoneId: ZONE,
    screenshot: 'only-on-failure',
    launchOptions: browser?.launch ?? {},
  },
});
