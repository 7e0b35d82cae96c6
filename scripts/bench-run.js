import path from 'node:path';
import { build } from 'vite';
import { ROOT } from './bundle.js';
import { createStaticServer, listen } from './serve.js';

// `npm run bench:browser -- run`: the built page, from the press on Run to the frame after the one in which every cell of the surface
// is filled; 10 000 pairs of averages over 2 148 bars. The first press of a page finds workers that never ran a study.

const STUDY = '#s=ma-cross&g=equity.5.2148&p.kind=sma&p.fast=5..104+by+1&p.slow=105..204+by+1';
const TRIALS = '10 000';
const PAGES = 3;
const PRESSES = 6;

/**
 * @param {import('playwright').Browser} browser
 * @param {(line: string) => void} print
 */
export async function benchRun(browser, print) {
  const outDir = path.join(ROOT, '.cache/bench-page');
  await build({ logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const server = createStaticServer(outDir);
  const address = `http://localhost:${await listen(server, 0, false)}/${STUDY}`;
  /** @type {number[]} */
  const first = [];
  /** @type {number[]} */
  const again = [];
  try {
    for (let round = 0; round < PAGES; round++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
      page.on('pageerror', (error) => print(error.stack ?? error.message));
      await page.addInitScript("localStorage.setItem('barsweep.tour', 'done')");
      await page.goto(address);
      const button = page.locator('button:enabled', { hasText: /^\s*Run / }).first();
      await button.waitFor({ state: 'attached', timeout: 60_000 });
      const label = (await button.textContent()) ?? '';
      if (!label.replaceAll(/\s/g, ' ').includes(TRIALS)) throw new Error(`The button says ${label}.`);
      for (let press = 0; press < PRESSES; press++) {
        (press === 0 ? first : again).push(Number(await page.evaluate(PRESS)));
        await page.waitForTimeout(1500); // what a finished study is worked out for comes after it
      }
      await page.close();
    }
  } finally {
    server.close();
  }
  print(`${TRIALS} trials × 2 148 bars, from the press to the complete surface:`);
  for (const [name, times] of /** @type {const} */ ([
    ['first of a page', first],
    ['again, pool warm', again],
  ])) {
    const sorted = times.toSorted((a, b) => a - b);
    const [least = NaN] = sorted;
    print(
      `${name}: least ${least.toFixed(0)} ms, median ${sorted[sorted.length >> 1]?.toFixed(0)}, most ${sorted.at(-1)?.toFixed(0)}`,
    );
  }
}

/** Runs in the page, as a text: its policy allows no function made of one there. */
const PRESS = `new Promise((resolve) => {
  let ran = false;
  const state = () => document.querySelector('[data-run]')?.getAttribute('data-run');
  const look = () => {
    if (state() === 'running') ran = true;
    if (!ran || state() !== 'done') return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-run'] });
  const button = [...document.querySelectorAll('button:enabled')].find((one) => /^\\s*Run /.test(one.textContent));
  const from = performance.now();
  button.click();
})`;
