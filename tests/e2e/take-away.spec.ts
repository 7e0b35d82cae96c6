import { parquetReadObjects } from 'hyparquet';
import { expect, type Page } from '@playwright/test';
import { savedFile, type SavedFile } from './support/downloads.ts';
import { openPage, resultsHash, test } from './support/page.ts';

const STUDY = '#s=ma-cross&d=daily&p.fast=5..12+by+1&p.slow=20..60+by+4&brush.fast=6..9';
const TRIALS = 2 * 8 * 11;

async function saved(page: Page, name: string, selection = false): Promise<SavedFile> {
  await page.getByRole('button', { name: 'Save trials or a picture' }).click();
  const dialog = page.getByRole('dialog');
  if (selection) await dialog.getByRole('radio', { name: /^the brushed and filtered ones/ }).check();
  const ending = `.${name.split(' ').at(-1)!.toLowerCase()}`;
  return savedFile(page, ending, () => dialog.getByRole('button', { name, exact: true }).click());
}

test('rows come back from CSV, JSON and Parquet as the same numbers, all of them and the brushed ones', async ({ page }) => {
  await openPage(page, STUDY);
  await page.getByRole('button', { name: /^Run / }).click();
  await resultsHash(page);
  await expect(page.getByText('re-run equals its row').first()).toBeVisible();
  for (const selection of [false, true]) {
    const csv = (await saved(page, 'CSV', selection)).bytes.toString('utf8').trimEnd().split('\n');
    const keys = csv[0]!.split(',');
    const lines = csv.slice(1).map((line) => line.split(','));
    expect(lines).toHaveLength(selection ? TRIALS / 2 : TRIALS);
    const json = JSON.parse((await saved(page, 'JSON', selection)).bytes.toString('utf8')) as Record<string, unknown>[];
    const { bytes } = await saved(page, 'Parquet', selection);
    const parquet = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    });
    const text = (value: unknown): string => (value === null || value === undefined ? '' : `${value as string | number}`);
    expect(json.map((row) => keys.map((key) => text(row[key])))).toEqual(lines);
    expect(parquet.map((row) => keys.map((key) => text(row[key])))).toEqual(lines);
    expect(keys.slice(0, 5)).toEqual(['trial', 'kind', 'fast', 'slow', 'state']);
    if (selection) expect(lines.every((line) => Number(line[2]) >= 6 && Number(line[2]) <= 9)).toBe(true);
  }
});

test('pictures open: the SVG is well-formed and tells of the study, the PNG has twice its size', async ({ page }) => {
  await openPage(page, STUDY);
  await page.getByRole('button', { name: /^Run / }).click();
  await resultsHash(page);
  for (const tab of ['Slices', 'Parallel', 'Scatter', 'Distribution', 'Pairs', 'Importance', 'Table']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expect(page.locator('[role="tabpanel"] svg, [role="tabpanel"] canvas, [role="tabpanel"] td').first()).toBeAttached();
    const svg = (await saved(page, 'The view below it as SVG')).bytes.toString('utf8');
    const told = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      const root = parsed.documentElement;
      return {
        root: root.localName,
        broken: parsed.querySelector('parsererror') !== null,
        words: root.textContent,
        size: [root.getAttribute('width'), root.getAttribute('height')].map(Number),
      };
    }, svg);
    expect(told).toMatchObject({ root: 'svg', broken: false });
    for (const word of [tab, 'moving-average crossover', 'SYN-D1', '2024-12-31', 'ommission', 'synthetic'])
      expect(told.words).toContain(word);
    const { name, bytes } = await saved(page, 'The view below it as PNG');
    expect(name).toMatch(/\.png$/);
    const size = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, bytes.toString('base64'));
    expect(size).toEqual(told.size.map((side) => 2 * side));
  }
});

test('the surface is saved in each of its forms', async ({ page }) => {
  await openPage(page, STUDY);
  await page.getByRole('button', { name: /^Run / }).click();
  await resultsHash(page);
  for (const form of [
    'Map',
    'Relief in three dimensions',
    'Small maps over the other axes',
    'Show the numbers of this picture',
  ]) {
    await page.getByRole('button', { name: form, exact: true }).click();
    await expect(page.locator('[data-picture] canvas, [data-picture] td').first()).toBeAttached();
    const { bytes } = await saved(page, 'Surface as PNG');
    // How many colours there are: an empty picture has hardly any.
    const colors = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
    }, bytes.toString('base64'));
    expect(colors).toBeGreaterThan(50);
  }
});
