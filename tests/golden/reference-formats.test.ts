import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { expectedFiles, verifyFile } from '../support/verify-formats.ts';

/** Price files of vendors are not part of the repository: BARSWEEP_REFERENCE names the folder that holds `formats/expected.json`. */
const folder = path.join(process.env['BARSWEEP_REFERENCE'] ?? '', 'formats');
const present = process.env['BARSWEEP_REFERENCE'] !== undefined && existsSync(path.join(folder, 'expected.json'));

test.skipIf(!present)('every file of a vendor is read right, or asked about where that is expected', async () => {
  const wrong: string[] = [];
  for (const expected of expectedFiles(folder)) {
    const { id, verdict, notes, ms } = await verifyFile(folder, expected);
    if (verdict === 'wrong') wrong.push(`${id}: ${notes.join('; ')}`);
    expect(ms, `${id} hangs`).toBeLessThan(20_000);
  }
  expect(wrong).toEqual([]);
});
