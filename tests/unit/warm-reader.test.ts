import { expect, test, vi } from 'vitest';
import { parsePlain } from '../../src/workers/parse-plain.ts';
import { warmReader } from '../../src/workers/warm-reader.ts';

vi.mock(import('../../src/workers/parse-plain.ts'), { spy: true });

test('the warm-up goes the way that plain files go', async () => {
  await warmReader();
  const ways = vi.mocked(parsePlain).mock.settledResults;
  expect(ways.length).toBeGreaterThan(0);
  for (const { value } of ways) expect(value).toMatchObject({ ok: true });
});
