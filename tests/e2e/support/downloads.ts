import type { Download, Page } from '@playwright/test';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Where this test process lets a Firefox put what it saves. */
export const DOWNLOADS = path.join(tmpdir(), `barsweep-downloads-${process.pid}`);

const PATIENCE_MS = 30_000;

export interface SavedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The file that the page hands to the visitor after a press.
 *
 * @param ending of its name, by which it is known among others of the same press
 */
export async function savedFile(page: Page, ending: string, press: () => Promise<void>): Promise<SavedFile> {
  const predicate = (download: Download): boolean => download.suggestedFilename().endsWith(ending);
  const event = page.waitForEvent('download', { predicate, timeout: PATIENCE_MS }).then(async (download) => {
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  });
  const isFirefox = page.context().browser()?.browserType().name() === 'firefox';
  // Playwright misses downloads that have no id, and Firefox 153 gives them none: the folder tells of them.
  const file = isFirefox ? Promise.any([event, fileInFolder(ending)]) : event;
  const [saved] = await Promise.all([file, press()]);
  return saved;
}

async function fileInFolder(ending: string): Promise<SavedFile> {
  for (const name of readdirSync(DOWNLOADS)) rmSync(path.join(DOWNLOADS, name));
  let before = '';
  for (const from = performance.now(); performance.now() - from < PATIENCE_MS; await wait(50)) {
    const names = readdirSync(DOWNLOADS);
    // Firefox writes to a part, or under eight letters, and renames that.
    const name = names.find((one) => one.endsWith(ending) && !/^\w{8}\.\w+$/.test(one));
    if (name === undefined || names.includes(`${name}.part`)) continue;
    const bytes = readFileSync(path.join(DOWNLOADS, name));
    const now = `${name} ${bytes.length}`;
    if (bytes.length > 0 && now === before) return { name, bytes };
    before = now;
  }
  throw new Error(`No file *${ending} was saved in ${PATIENCE_MS} ms.`);
}
