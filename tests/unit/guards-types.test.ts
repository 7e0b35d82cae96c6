import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, writeCase } from '../support/guard-files.ts';

/** Each names one thing that a pure room must not know. */
const MUST_FAIL: Readonly<Record<string, string>> = {
  dom: 'document.title',
  worker: "new Worker('a.js')",
  timer: 'setTimeout(() => undefined, 1)',
  clock: 'performance.now()',
  console: "console.log('a')",
  text: 'new TextDecoder()',
  address: "new URL('http://localhost/')",
  crypto: 'crypto.randomUUID()',
  clone: 'structuredClone(1)',
  process: 'process.argv',
  unchecked: '([1] as readonly number[])[0].toFixed()',
};

it('the project of the pure rooms refuses whatever is not the language', { timeout: 60_000 }, () => {
  const sources = Object.entries(MUST_FAIL).map(([name, code]) => [`${name}.ts`, `export const value: unknown = ${code};\n`]);
  const folder = writeCase('types', {
    ...Object.fromEntries(sources),
    'enumeration.ts': 'export enum Kind {\n  One,\n}\n',
    'lawful.ts': 'export const value = new Float64Array(new SharedArrayBuffer(8));\n',
    'tsconfig.json': JSON.stringify({ extends: path.join(ROOT, 'tsconfig.pure.json'), include: ['*.ts'] }),
  });
  const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const refused = new Set(stdout.split('\n').flatMap((line) => /^(\w+)\.ts\(/.exec(line)?.[1] ?? []));
  expect([...refused].sort()).toEqual([...Object.keys(MUST_FAIL), 'enumeration'].sort());
});
