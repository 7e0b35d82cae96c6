import { expect, test } from 'vitest';
import { failed, fault } from '../../src/core/fault.ts';
import { createImporter } from '../../src/workers/import-client.ts';
import type { ImportRequest, ImportWorkerApi } from '../../src/workers/import-messages.ts';
import { connectWorker } from '../../src/workers/worker-port.ts';
import { FakeWorker, never } from '../support/fake-worker.ts';

const request = (name: string): ImportRequest => ({ source: { kind: 'text', text: '', name } });

const progress = (fraction: number) => ({ bytes: 1, allBytes: 1, rows: 1, fraction });

/** Answers with the request's name as the fault's code; the name `hang` is never answered. */
const api: ImportWorkerApi = {
  async load({ source }, onProgress) {
    const name = source.kind === 'text' ? source.name : '';
    if (name === 'hang') return never();
    onProgress(progress(0.25));
    onProgress(progress(1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    return failed(fault(name, '', ''));
  },
  warm: () => Promise.reject(new Error('out of memory')),
  excerpt: (_, line) => (line === 99 ? never() : Promise.resolve([{ line, text: 'a' }])),
};

function start(): { importer: ReturnType<typeof createImporter>; spawned: FakeWorker[] } {
  const spawned: FakeWorker[] = [];
  const importer = createImporter(() => {
    const worker = new FakeWorker(api);
    spawned.push(worker);
    return connectWorker(worker);
  });
  return { importer, spawned };
}

test('an answer and its progress arrive, and the worker is kept', async () => {
  const { importer, spawned } = start();
  const seen: number[] = [];
  expect(await importer.load(request('a'), ({ fraction }) => seen.push(fraction))).toMatchObject({ faults: [{ code: 'a' }] });
  expect(seen).toEqual([0.25, 1]);
  expect(await importer.load(request('b'))).toMatchObject({ faults: [{ code: 'b' }] });
  expect(spawned).toHaveLength(1);
  importer.terminate();
});

test('a second file ends the first', async () => {
  const { importer, spawned } = start();
  const first = importer.load(request('hang'));
  const second = importer.load(request('b'));
  expect(await first).toMatchObject({ ok: false, faults: [{ code: 'import_replaced' }] });
  expect(await second).toMatchObject({ faults: [{ code: 'b' }] });
  expect(spawned.map(({ terminated }) => terminated)).toEqual([true, false]);
  importer.terminate();
});

test('a worker that dies is a fault, and the next file gets a fresh one', async () => {
  const { importer, spawned } = start();
  const first = importer.load(request('hang'));
  spawned[0]?.die('out of memory');
  expect(await first).toMatchObject({
    faults: [{ code: 'import_failed', message: 'The bars were not loaded: out of memory.' }],
  });
  expect(await importer.load(request('b'))).toMatchObject({ faults: [{ code: 'b' }] });
  importer.terminate();
});

test('lines of a refused file; a question that the worker does not outlive has none', async () => {
  const { importer } = start();
  expect(await importer.excerpt(new Blob([]), 3)).toEqual([]); // nothing was read yet
  await importer.load(request('a'));
  expect(await importer.excerpt(new Blob([]), 3)).toEqual([{ line: 3, text: 'a' }]);
  const hanging = importer.excerpt(new Blob([]), 99);
  importer.cancel();
  expect(await hanging).toEqual([]);
});

test('a worker that was warmed reads the first file, and one that failed at that says nothing', async () => {
  const { importer, spawned } = start();
  importer.warm();
  expect(spawned).toHaveLength(1);
  expect(await importer.load(request('a'))).toMatchObject({ faults: [{ code: 'a' }] });
  expect(spawned).toHaveLength(1);
  importer.terminate();
});

test('a worker that cannot be started is a fault', async () => {
  const importer = createImporter(() => {
    throw new Error('blocked by policy');
  });
  importer.warm();
  expect(await importer.load(request('a'))).toMatchObject({
    faults: [{ message: 'The bars were not loaded: blocked by policy.' }],
  });
});
