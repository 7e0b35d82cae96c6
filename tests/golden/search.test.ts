import { expect, test } from 'vitest';
import { sha256Hex, utf8Bytes } from '../../src/core/hash.ts';
import { generationSize, METHODS, type MethodName } from '../../src/search/spec.ts';
import { makeChoiceAxis } from '../../src/space/make-axis.ts';
import { must } from '../support/outcome.ts';
import { askAll } from '../support/sampler-suite.ts';
import { oneStep } from '../support/search-setup.ts';
import { compareAxes, wholeAxis } from '../support/space.ts';

/**
 * The trials of a seed, as they were before samplers were made faster: a change of these digests changes the results of every
 * study that was saved with a search, and the tables of docs/search.md have to be measured anew.
 */
const DIGESTS: Readonly<Record<Exclude<MethodName, 'grid'>, string>> = {
  zoom: '4018b58a8204 42c218498ea2',
  random: '80a0750240ce 48830b3aeb9c',
  sobol: 'd3854d0547d6 aba70bc0bed5',
  latin: '77202a117382 612958dcd161',
  genetic: '1a39fb8fef0f 1e8d3a972fae',
  differential: 'c9e8de500800 4121552827a6',
  cma: 'fed76d23c2de a54da732ca72',
  tpe: '459ae1850ad2 ec2f7606829d',
  nsga: 'fc785e1fbf4c f3bdcb313b99',
  halving: 'c567021f4799 cbfa040c9391',
  around: 'db56f2239962 db56f2239962',
};
const LEARNS_SLOWLY: readonly MethodName[] = ['tpe'];

const SPACE = {
  axes: [must(makeChoiceAxis('kind', ['sma', 'ema', 'wma'])), wholeAxis('fast', 2, 60), wholeAxis('slow', 5, 90)],
  constraints: [compareAxes('lt', 1, 2)],
};

test.each(METHODS.filter((method) => method !== 'grid'))('%s asks the trials that it always asked', (method) => {
  const trials = LEARNS_SLOWLY.includes(method) ? 200 : 2400;
  const digests = [false, true].map((robust) => {
    const step = { method, seed: 7, trials, size: generationSize(method, trials) };
    const asked = askAll(oneStep(SPACE, step, { robust }), SPACE, trials);
    return sha256Hex(utf8Bytes(asked.trials.map((positions, row) => `${positions.join()} ${asked.rows.markets[row]}`).join('\n')));
  });
  expect(digests.map((digest) => digest.slice(0, 12)).join(' ')).toBe(DIGESTS[method]);
});
