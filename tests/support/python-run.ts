import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Exported scripts, run by the python3 of this machine. */

/** Whether scripts can be run here. */
export const hasPython = spawnSync('python3', ['-c', 'import numpy']).status === 0;

export interface Played {
  readonly account: Readonly<Record<string, number>>; // what the script's own account comes to
  readonly page: Readonly<Record<string, number>>; // what the page said
  readonly library: Readonly<Record<string, number>> | null; // what the stand-in's run comes to
  readonly shared: readonly [of: number, all: number] | null; // trades that both have
  /** Side, bars, prices, units, profit and reason of the account's closed trades. */
  readonly trades: readonly (readonly string[])[];
}

const DRIVER = `
import runpy, sys
for script in sys.argv[1:]:
    sys.argv = [script, '--trades']
    runpy.run_path(script, run_name='__main__')
    print('=====')
`;

/** Runs whole scripts, with the stand-in in place of the library. */
export function playPython(texts: readonly string[]): Played[] {
  const folder = mkdtempSync(join(tmpdir(), 'script-'));
  const PYTHONPATH = new URL('./python-standin', import.meta.url).pathname;
  const files = texts.map((text, k) => {
    const file = join(folder, `script${k}.py`);
    writeFileSync(file, text);
    return file;
  });
  try {
    const env = { ...process.env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
    const said = execFileSync('python3', ['-c', DRIVER, ...files], { encoding: 'utf8', env, maxBuffer: 1 << 28 });
    return said.split('=====\n').slice(0, -1).map(read);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(said: string): Played {
  const lines = said.trimEnd().split('\n');
  const from = lines.findIndex((line) => line.startsWith(' '.repeat(16)));
  const names = Array.from({ length: (lines[from]!.length - 16) / 20 }, (_, k) =>
    lines[from]!.slice(16 + 20 * k, 36 + 20 * k).trim(),
  );
  const rows = lines.filter((line) => /^[A-Z][a-z ]+ {2,}-?[\dni]/.test(line) && line.length === lines[from]!.length);
  const column = (name: string): Record<string, number> | null => {
    const k = names.indexOf(name);
    if (k < 0) return null;
    return Object.fromEntries(
      rows.map((line) => [line.slice(0, 16).trim(), Number(line.slice(16 + 20 * k, 36 + 20 * k).replace('nan', 'NaN'))]),
    );
  };
  const shared = /: (\d+) of (\d+)\.$/m.exec(said);
  return {
    account: column('this script')!,
    page: column('the page')!,
    library: column('backtesting.py'),
    shared: shared === null ? null : [Number(shared[1]), Number(shared[2])],
    trades: lines.filter((line) => /^-?1,/.test(line)).map((line) => line.split(',')),
  };
}

/** Runs the part of a script before the trading and gives the series that `wanted` names. */
export function runRules(text: string, wanted: readonly string[]): Record<string, (number | null)[]> {
  const rules = text.slice(0, text.indexOf('# Trading by the rules'));
  const prints = `
import json
def plain(x):
    return [None if v != v else float(v) for v in series(x)]
print(json.dumps({${wanted.map((name) => `'${name}': plain(${name})`).join(', ')}}))`;
  const said = execFileSync('python3', ['-'], { input: `${rules}${prints}`, encoding: 'utf8', maxBuffer: 1 << 28 });
  return JSON.parse(said) as Record<string, (number | null)[]>;
}
