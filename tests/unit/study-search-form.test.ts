import { expect, test } from 'vitest';
import { SearchForm } from '../../src/study/search-form.svelte.ts';

function formOf(): SearchForm {
  const form = new SearchForm();
  form.replace({ method: 'genetic', trials: 500 });
  return form;
}

test('a condition is taken once it can be read, and what is typed stays until then', () => {
  const form = formOf();
  form.setWhere('trades >=');
  expect([form.where, form.faulty, form.search.where, form.whereFaults.length]).toEqual(['trades >=', true, undefined, 1]);
  form.setWhere('trades >= 30 and maxDrawdown > -0.3');
  expect([form.faulty, form.whereFaults, form.search.where]).toEqual([false, [], 'trades >= 30 and maxDrawdown > -0.3']);
  form.setWhere('nothing > 1');
  expect([form.faulty, form.search.where]).toEqual([true, 'trades >= 30 and maxDrawdown > -0.3']);
  form.setWhere(' ');
  expect([form.faulty, form.search]).toEqual([false, { method: 'genetic', trials: 500 }]);
});

test('a grid has no budget of trials and no condition, and keeps its patience', () => {
  const form = formOf();
  form.type('patience', '12');
  form.setWhere('trades >= 30');
  form.pick('grid', null);
  expect(form.search).toEqual({ method: 'grid', patience: 12 });
  form.pick('sobol', null);
  expect(form.search).toEqual({ method: 'sobol', patience: 12, trials: 2000 });
  form.type('trials', '');
  expect(form.faulty).toBe(true);
});
