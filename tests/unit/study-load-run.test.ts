import { expect, test } from 'vitest';
import type { Fault } from '../../src/core/fault.ts';
import { whenLoaded } from '../../src/study/load-run.ts';
import type { RunParts } from '../../src/study/run-parts.ts';

test('a run begins once its files are here; where they cannot be had a fault says so', async () => {
  const said: string[] = [];
  const study = (load: () => Promise<RunParts>) => ({ run: { load }, fail: ({ code }: Fault) => void said.push(code) });
  const here = Promise.resolve({} as RunParts);
  whenLoaded(
    study(() => here),
    () => said.push('begun'),
  );
  await here;
  whenLoaded(
    study(() => Promise.reject(new Error('offline'))),
    () => said.push('begun'),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['begun', 'run_unloaded']);
});
