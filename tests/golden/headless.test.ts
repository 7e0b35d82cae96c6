import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleCommandLine, runCommand } from '../support/command-line.ts';

// A case is a folder with `study.json`, `bars.csv` where it needs one, `rows.csv`, and `trades-INDEX.csv` per trial shown.
// UPDATE_GOLDENS=1 writes the expected files; look at the difference before it is committed.

const FOLDER = path.join(import.meta.dirname, 'headless');
const UPDATE = process.env['UPDATE_GOLDENS'] === '1';

let cli = '';
beforeAll(async () => {
  cli = await bundleCommandLine('golden-headless');
}, 60_000);

describe.each(readdirSync(FOLDER))('%s', (name) => {
  const folder = path.join(FOLDER, name);
  const bars = path.join(folder, 'bars.csv');
  const words = [path.join(folder, 'study.json'), '--quiet', '--workers', '2', ...(existsSync(bars) ? ['--bars', bars] : [])];
  const shown = readdirSync(folder).flatMap((file) => /^trades-(\d+)\.csv$/.exec(file)?.[1] ?? []);

  async function expectFile(file: string, more: readonly string[]): Promise<void> {
    const out = path.join(mkdtempSync(path.join(tmpdir(), 'barsweep-')), 'out.csv');
    expect(await runCommand(cli, [...words, '--out', out, ...more])).toEqual({ code: 0, out: '', err: '' });
    const written = readFileSync(out, 'utf8');
    if (UPDATE) writeFileSync(path.join(folder, file), written);
    else expect(written).toBe(readFileSync(path.join(folder, file), 'utf8'));
  }

  test('rows', () => expectFile('rows.csv', []));
  test.each(shown)('trades of trial %s', (trial) => expectFile(`trades-${trial}.csv`, ['--trial', trial]));
  test('shows a trial', () => expect(shown.length).toBeGreaterThan(0));
});
