import { afterEach, expect, test, vi } from 'vitest';

const PARSER = '../../src/workers/parse-plain.ts';

afterEach(() => {
  vi.doUnmock(PARSER);
  vi.resetModules();
});

test('the warm-up goes the way that plain files go', async () => {
  vi.resetModules(); // other files of this process may have loaded the reader
  vi.doMock(import('../../src/workers/parse-plain.ts'), { spy: true });
  const { parsePlain } = await import('../../src/workers/parse-plain.ts');
  const { warmReader } = await import('../../src/workers/warm-reader.ts');
  await warmReader();
  const ways = vi.mocked(parsePlain).mock.settledResults;
  expect(ways.length).toBeGreaterThan(0);
  for (const { value } of ways) expect(value).toMatchObject({ ok: true });
});
