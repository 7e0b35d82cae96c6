import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser } from './scripts/find-browser.js';

const browser = await findBrowser({ install: false });

export default defineConfig({
  test: {
    // A zone with daylight saving, so that code which reads local time fails here and not at a user's.
    env: { TZ: 'America/New_York' },
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          name: 'node',
          environment: 'node',
          // Loading the modules anew for each file took a third of the time; a test that replaces a module resets them.
          isolate: false,
          // A machine that does other work as well is no failure.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          include: ['tests/{unit,property,golden,contract,reference-engines}/**/*.test.ts'],
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: browser?.launch ?? {},
              contextOptions: { locale: 'en-US', timezoneId: 'America/New_York' },
            }),
            instances: [{ browser: browser?.engine ?? 'chromium' }],
          },
        },
      },
    ],
  },
});
