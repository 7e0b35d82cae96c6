import { describe, expect, test } from 'vitest';
import { METRICS } from '../../src/metrics/columns.ts';
import { notesOf } from '../../src/metrics/notes.ts';
import { TRIAL_STATES, type TrialState } from '../../src/metrics/state.ts';
import { play } from '../support/kernel.ts';
import { CELL_VALUE } from '../../src/results/surface.ts';
import { emptyReason, reasonText } from '../../src/ui/surfaces/readout.ts';

const code = (state: TrialState): number => TRIAL_STATES.indexOf(state);

describe('a figure that is empty says why', () => {
  test('in every state and for every metric', () => {
    for (const state of TRIAL_STATES)
      for (const metric of METRICS) expect(emptyReason(code(state), metric), `${metric.key}, ${state}`).not.toBe('');
  });

  test('in every cell of a surface that has no value', () => {
    for (let reason = 0; reason <= 7; reason++)
      if (reason !== CELL_VALUE) for (const metric of METRICS) expect(reasonText(reason, metric)).not.toBe('');
  });

  test('the state where that is the reason, else what the metric lacks', () => {
    const sortino = METRICS.find(({ key }) => key === 'sortino')!;
    expect(emptyReason(code('pending'), sortino)).toBe('not run yet');
    expect(emptyReason(code('excluded'), sortino)).toBe('left out by a constraint');
    expect(emptyReason(code('noTrades'), sortino)).toBe('no trades');
    expect(emptyReason(code('warmup'), sortino)).toBe('not enough bars for its indicators');
    expect(emptyReason(code('failed'), sortino)).toContain('failed');
    expect(emptyReason(code('complete'), sortino)).toBe('Sortino is not defined: there is no return, or none is negative');
    expect(emptyReason(code('ruined'), sortino)).toContain('not defined');
  });

  test('a metric that says it is never undefined has a value in every trial that could trade', () => {
    const played = [
      play([[100, 100, 'L']]), // one bar, its signal dropped
      play([
        [100, 100, 'L'],
        [100, 110],
      ]),
      play([
        [100, 100, 'L'],
        [100, 110, 'l'],
        [110, 120],
      ]),
      play([
        [100, 100, 'S'],
        [100, 300],
        [300, 300],
      ]),
      play(Array.from({ length: 5 }, () => [100, 100] as const)),
    ];
    for (const { row } of played)
      for (const { key } of METRICS)
        if (notesOf({ key }).undefinedWhen === '' && key !== 'objective')
          expect([key, Number.isNaN(row[key])]).toEqual([key, false]);
  });
});
