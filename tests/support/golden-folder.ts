import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/fault.ts';

const UPDATE = process.env['UPDATE_GOLDENS'] === '1';

/**
 * Every file of a folder beside its `.expected.json`: the value that it gave when it was added, or the faults. `list.txt` names
 * them all, so that none can go unnoticed. UPDATE_GOLDENS=1 writes expected files and list: look at the difference before it is
 * committed, since what was sent to somebody must open for ever. Names beginning with `n_` must be refused, all others opened.
 */
export function goldenFolder(folder: string, extension: string, open: (content: string) => Promise<Outcome<unknown>>): void {
  const files = readdirSync(folder).sort();
  const inputs = files.filter((file) => file.endsWith(extension) && !file.endsWith('.expected.json') && file !== 'list.txt');

  describe(path.basename(folder), () => {
    test.each(inputs)('%s', async (file) => {
      const outcome = await open(readFileSync(path.join(folder, file), 'utf8'));
      expect(outcome.ok).toBe(!file.startsWith('n_'));
      const found = outcome.ok
        ? outcome.value
        : outcome.faults.map(({ code, message, advice, place }) => ({ code, message, advice, place }));
      expectFile(path.join(folder, expectedOf(file)), `${JSON.stringify(found, null, 2)}\n`);
    });

    test('the list of files', () => {
      expectFile(path.join(folder, 'list.txt'), `${inputs.join('\n')}\n`);
      const known = [...inputs, ...inputs.map(expectedOf), 'list.txt'];
      expect(files.filter((file) => !known.includes(file))).toEqual([]);
    });
  });

  function expectedOf(file: string): string {
    return `${file.slice(0, -extension.length)}.expected.json`;
  }
}

function expectFile(file: string, found: string): void {
  if (UPDATE) writeFileSync(file, found);
  else
    expect(found).toBe(existsSync(file) ? readFileSync(file, 'utf8') : `no ${path.basename(file)}; UPDATE_GOLDENS=1 writes it`);
}
