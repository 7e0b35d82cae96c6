import { expect, test } from 'vitest';
import { BARRIERS, waitingShare, WORKERS } from '../bench/search/barriers.ts';

// In virtual time, so that the machine has no part in it. A question and its answer take a tenth to a sixth of a millisecond.
const QUESTION_MS = 0.3;
const MOST = 0.1;

const cases = BARRIERS.flatMap((one) => WORKERS.map((workers) => [one.method, one.trials, workers, one] as const));

test.each(cases)('%s with %i trials keeps %i workers waiting for less than a tenth of the time', (_, __, workers, one) => {
  expect(waitingShare(one, workers, QUESTION_MS)).toBeLessThan(MOST);
});

test('the must-fail twin: where a question takes longer than the trials under way, workers wait', () => {
  const short = BARRIERS.find(({ method }) => method === 'genetic')!;
  expect(waitingShare(short, 8, 3)).toBeGreaterThan(MOST);
});
