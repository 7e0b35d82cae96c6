import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/headless/arguments.ts';
import { jsonLine, tqdmLine } from '../../src/headless/progress-line.ts';
import type { Progress } from '../../src/workers/sweep.ts';

const PROGRESS: Progress = {
  done: 450,
  total: 1000,
  fraction: 0.45,
  trialsPerSecond: 37.5,
  overallPerSecond: 37.5,
  barTrialsPerSecond: 37_500,
  elapsedMs: 12_000,
  busyMs: 11_800,
  etaMs: 14_667,
  paused: false,
  failed: 0,
  workers: [{ busy: 0.98765, chunk: { from: 440, to: 460 }, chunks: 22, done: 450, retries: 0, lost: false }],
};

describe('progress', () => {
  test('is written in the form of tqdm', () => {
    expect(tqdmLine(PROGRESS)).toBe('45%|████▌     | 450/1000 [00:12<00:15, 37.5 trial/s]');
    expect(tqdmLine({ ...PROGRESS, done: 0, fraction: 0, overallPerSecond: 0, elapsedMs: 0, etaMs: null })).toBe(
      '0%|          | 0/1000 [00:00<?, ? trial/s]',
    );
    expect(tqdmLine({ ...PROGRESS, done: 1000, fraction: 1, overallPerSecond: 12_345.6, elapsedMs: 3_725_000, etaMs: 0 })).toBe(
      '100%|██████████| 1000/1000 [1:02:05<00:00, 12346 trial/s]',
    );
  });

  test('is one JSON object in the form of json', () => {
    expect(JSON.parse(jsonLine(PROGRESS))).toMatchObject({ done: 450, total: 1000, etaMs: 14_667, busy: [0.988] });
  });
});

describe('arguments', () => {
  test('everything at once, in any order, with = or a space', () => {
    const words = [
      '--workers',
      '3',
      '#s=ma-cross',
      '--out=a.json',
      '--trial',
      '12',
      '--chunk=7',
      '--progress',
      'json',
      '--bars',
      'b.csv',
    ];
    expect(readArguments(words)).toEqual({
      ok: true,
      value: {
        help: false,
        study: '#s=ma-cross',
        bars: 'b.csv',
        workers: 3,
        out: 'a.json',
        trial: '12',
        profile: false,
        chunk: 7,
        best: null,
        progress: 'json',
        quiet: false,
      },
    });
  });

  test('a link with = and & is one word', () => {
    const read = readArguments(['https://example.org/#s=ma-cross&p.fast=5..50+by+1', '--quiet']);
    expect(read).toMatchObject({
      ok: true,
      value: { study: 'https://example.org/#s=ma-cross&p.fast=5..50+by+1', progress: 'none' },
    });
  });

  test('progress has the form of tqdm unless told otherwise', () => {
    expect(readArguments(['a.json'])).toMatchObject({ value: { progress: 'tqdm' } });
    expect(readArguments(['a.json', '--progress=none'])).toMatchObject({ value: { progress: 'none' } });
  });

  test('every fault is told, not only the first', () => {
    const read = readArguments([
      '--workers',
      '0',
      '--chunk',
      'x',
      '--out',
      'a.txt',
      '--trial',
      '-1',
      '--progress',
      'dots',
      '--fast',
      'a',
      'b',
    ]);
    expect(read.ok ? [] : read.faults.map((one) => one.message)).toEqual([
      'The command cannot be read: --workers is `0`.',
      'The command cannot be read: --chunk is `x`.',
      'The command cannot be read: --out is `a.txt`.',
      'The command cannot be read: --trial is `-1`.',
      'The command cannot be read: --progress is `dots`.',
      'The command cannot be read: `--fast` is not an option.',
      'The command cannot be read: `b` is a second study.',
    ]);
  });

  test('no study and a flag without its value are faults; --help needs neither', () => {
    expect(readArguments([]).ok).toBe(false);
    expect(readArguments(['a.json', '--bars'])).toMatchObject({
      ok: false,
      faults: [{ message: 'The command cannot be read: --bars has no value.' }],
    });
    expect(readArguments(['--help'])).toMatchObject({ ok: true, value: { help: true } });
  });
});
