import { playwright } from '@vitest/browser-playwright';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { findBrowser } from './scripts/find-browser.js';

const browser = await findBrowser({ install: false });

/** Files whose tests limit a time or need every core: they run after the others, one by one. */
const ALONE =
  'contract/sweep-soak contract/sweep-threads property/strategy-fuzz unit/beyond-memory unit/space-count unit/space-pace unit/workers-sweep'
    .split(' ')
    .map((name) => `tests/${name}.test.ts`);

const NODE = {
  environment: 'node' as const,
  // Loading the modules anew for each file took a third of the time; a test that replaces a module resets them.
  isolate: false,
  // A machine that does other work as well is no failure.
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // A zone with daylight saving, so that code which reads local time fails here and not at a user's.
    env: { TZ: 'America/New_York' },
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          ...NODE,
          name: 'node',
          maxWorkers: Math.max(3, availableParallelism() - 1),
          include: ['tests/{unit,property,golden,contract,reference-engines}/**/*.test.ts'],
          exclude: ALONE,
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...NODE,
          name: 'node-alone',
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          include: ALONE,
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
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
