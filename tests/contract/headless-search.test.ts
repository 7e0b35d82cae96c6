import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleCommandLine, runCommand } from '../support/command-line.ts';

let cli = '';
const folder = mkdtempSync(path.join(tmpdir(), 'barsweep-'));

beforeAll(async () => {
  cli = await bundleCommandLine('contract-headless-search');
}, 60_000);

/** The rows that the command line writes for a search. */
async function rows(search: object, ...words: string[]): Promise<string> {
  const study = path.join(folder, 'study.json');
  const space = { fast: '2..40 by 1', slow: '10..90 by 1' };
  writeFileSync(
    study,
    JSON.stringify({ barsweep: 1, space, data: { generate: { kind: 'equity', seed: 3, bars: 400 } }, search }),
  );
  const { code, out, err } = await runCommand(cli, [study, '--quiet', ...words]);
  expect([code, err]).toEqual([0, '']);
  return out;
}

describe('a search asks the same trials in the same order', () => {
  test.each([
    ['genetic', { method: 'genetic', trials: 240, seed: 5 }],
    ['genetic, robust', { method: 'genetic', trials: 300, robust: true }],
    ['cma', { method: 'cma', trials: 150 }],
    ['tpe', { method: 'tpe', trials: 100, robust: true }],
    ['halving', { method: 'halving', trials: 400, generation: 54 }],
    ['after others', { method: 'around', trials: 300, before: ['sobol 80', 'genetic 120 seed 2 by 16'] }],
  ])(
    '%s, for 1, 2 and 5 workers and any chunk',
    async (_, search) => {
      const one = await rows(search, '--workers', '1');
      expect(await rows(search, '--workers', '2', '--chunk', '3')).toBe(one);
      expect(await rows(search, '--workers', '5')).toBe(one);
      expect(one.trimEnd().split('\n').length).toBeGreaterThan(90);
    },
    30_000,
  );

  test('another seed asks others', async () => {
    const search = { method: 'random', trials: 50 };
    expect(await rows({ ...search, seed: 2 })).not.toBe(await rows({ ...search, seed: 1 }));
  });

  test('only rows over all bars are complete where parts of them were searched', async () => {
    const table = await rows({ method: 'halving', trials: 400, generation: 54 });
    const states = table
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[4]);
    expect(states).toContain('complete');
    expect(states.filter((state) => state === 'partial').length).toBeGreaterThan(100);
  });
});
