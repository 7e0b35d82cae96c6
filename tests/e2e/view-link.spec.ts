import { expect } from '@playwright/test';
import { openPage, resultsHash, test } from './support/page.ts';

// Everything that a person can set to look at results, beside the study itself.
const STUDY = { s: 'ma-cross', 'p.fast': '5..30 by 1', 'p.slow': '20..100 by 4', d: 'daily' };
const LOOK = {
  vm: 'calmar',
  x: 'fast',
  y: 'slow',
  'at.kind': 'ema',
  vt: 'parallel',
  vp: 'relief',
  vn: 'roughness 2',
  q: 'trades >= 3',
  'zoom.fast': '8..20',
  'zoom.slow': '32..84',
  'brush.slow': '40..80',
  'brush.maxDrawdown': '-0.4..-0.1',
  sel: '700',
  pin: 'B650,D812',
};

test('the view’s whole state comes out of a link as it went in', async ({ page }) => {
  // A comma that parts a list stands as it is.
  const fragment = `#${new URLSearchParams({ ...STUDY, ...LOOK }).toString().replaceAll('%2C', ',')}`;
  await openPage(page, fragment);
  await expect(page.getByText('Opened from a link. It has not been run.')).toBeVisible();
  await page.getByRole('button', { name: /^Run / }).click();
  await resultsHash(page);
  await expect(page.getByRole('tab', { name: 'Parallel', selected: true })).toBeVisible();
  const relief = page.getByRole('application', { name: /^Relief of Calmar, roughness/ });
  const flat = page.getByText('This browser has no WebGL2: the same cells, flat.');
  // Firefox without a window has none on Linux.
  const drawsRelief = await page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null);
  await expect(drawsRelief ? relief : flat).toBeVisible();
  await expect
    .poll(async () => {
      const said = new URLSearchParams((await page.evaluate(() => location.hash)).slice(1));
      return Object.fromEntries(Object.keys(LOOK).map((key) => [key, said.get(key)]));
    })
    .toEqual(LOOK);
});
