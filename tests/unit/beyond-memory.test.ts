import { expect, test } from 'vitest';
import { resolveStudy } from '../../src/document/resolve.ts';
import { defaultDocument } from '../../src/document/document.ts';
import { allocateRows } from '../../src/headless/prepare.ts';
import { countSpace } from '../../src/space/count.ts';
import { must, says } from '../support/outcome.ts';

const AXES = ['a', 'b', 'c', 'd', 'e', 'f'];
const TEXT = `${AXES.map((name) => `${name} = param(1, 1..1000 by 1)`).join('\n')}
require a < b
enter long when close > sma(close, a) + b + c + d + e + f
exit long when close < sma(close, b)
`;

test('a space of 10^18 is counted, and refused with its numbers and the ways out', () => {
  const study = must(resolveStudy({ ...defaultDocument(), strategy: TEXT }));
  const from = performance.now();
  const cpu = process.cpuUsage();
  const count = countSpace(study.space);
  const refused = allocateRows(study, () => {
    throw new Error('nothing is allocated for it');
  });
  const { user, system } = process.cpuUsage(cpu);
  const ms = (performance.now() - from).toFixed(0);
  console.log(`10^18 trials counted and refused in ${ms} ms, ${((user + system) / 1000).toFixed(0)} ms of them computed`);
  expect(count).toEqual({ total: 10n ** 18n, feasible: 499_500n * 10n ** 12n, exact: true, error: 0 });
  expect(says(refused)).toContain('The study has 499500000000000000 trials, and their results do not fit in memory.');
  expect(says(refused)).toContain('Narrow a range');
});
