import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MOST_BYTES = 120_000;
let folder = '';

interface ManifestEntry {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'barsweep-size-'));
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [vite, 'build', '--manifest', '--logLevel', 'error', '--emptyOutDir', '--outDir', folder], {
    cwd: ROOT,
    env,
  });
}, 90_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the built page', () => {
  it('loads at most 120 kB of JavaScript first; the heavy parts come when they are shown', () => {
    const manifest = JSON.parse(readFileSync(path.join(folder, '.vite/manifest.json'), 'utf8')) as Record<
      string,
      ManifestEntry
    >;
    const first = new Set<string>();
    const walk = (key: string): void => {
      if (first.has(key)) return;
      first.add(key);
      manifest[key]!.imports?.forEach(walk);
    };
    for (const [key, entry] of Object.entries(manifest)) if (entry.isEntry === true) walk(key);
    const bytes = [...first]
      .map((key) => gzipSync(readFileSync(path.join(folder, manifest[key]!.file)), { level: 9 }).length)
      .reduce((a, b) => a + b, 0);
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    for (const part of ['Relief.svelte', 'ParallelView.svelte', 'TrialPage.svelte']) {
      const key = Object.keys(manifest).find((name) => name.endsWith(part));
      expect(key !== undefined && !first.has(key), `${part} comes later`).toBe(true);
    }
  });
});
