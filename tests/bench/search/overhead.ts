import { createRows, type Rows } from '../../../src/metrics/rows.ts';
import { COMPLETE } from '../../../src/metrics/state.ts';
import { generationSize, type MethodName } from '../../../src/search/spec.ts';
import type { Space } from '../../../src/space/space.ts';
import { makeChoiceAxis } from '../../../src/space/make-axis.ts';
import { createLocal } from '../../../src/workers/search-session.ts';
import { must } from '../../support/outcome.ts';
import { fullStep } from '../../support/search-setup.ts';
import { compareAxes, wholeAxis } from '../../support/space.ts';
import { mixed } from './functions.ts';

// The processor time that a sampler takes of its thread, per trial: asking, telling, its archive, and what it writes into the rows.
// Processor time of all threads of the process: collecting garbage and compiling count, and the time of other programs does not.
// Where they share a core's caches, it still doubles at worst.

interface Case {
  readonly method: MethodName;
  readonly trials: number;
  readonly trialMs: number; // what it is compared to
}

const CASES: readonly Case[] = [
  { method: 'grid', trials: 20_000, trialMs: 0.1 },
  { method: 'random', trials: 20_000, trialMs: 0.1 },
  { method: 'sobol', trials: 20_000, trialMs: 0.1 },
  { method: 'latin', trials: 20_000, trialMs: 0.1 },
  { method: 'genetic', trials: 1000, trialMs: 0.1 },
  { method: 'genetic', trials: 4000, trialMs: 0.1 },
  { method: 'genetic', trials: 20_000, trialMs: 0.1 },
  { method: 'differential', trials: 20_000, trialMs: 0.1 },
  { method: 'nsga', trials: 20_000, trialMs: 0.1 },
  { method: 'zoom', trials: 20_000, trialMs: 0.1 },
  { method: 'cma', trials: 1000, trialMs: 1 },
  { method: 'cma', trials: 20_000, trialMs: 1 },
  { method: 'tpe', trials: 500, trialMs: 10 },
  { method: 'tpe', trials: 8000, trialMs: 10 },
];
const MOST = 0.05;
const ROUNDS = 5;
/** So many trials are measured at least: a thousand take less time than the clock of the processor can tell well. */
const MEASURED = 20_000;
/** And so many come before them, in which the sampler is compiled; what that takes is a matter of the thread, not of the search. */
const COMPILING = 20_000;
const RANGE = 8; // rows that are told at once

interface Landscape {
  readonly name: string;
  readonly space: Space;
  at(positions: ArrayLike<number>): number;
}

const CROSS: Landscape = {
  name: 'two lengths in order and a choice',
  space: {
    axes: [must(makeChoiceAxis('kind', ['sma', 'ema', 'wma'])), wholeAxis('fast', 2, 150), wholeAxis('slow', 5, 450)],
    constraints: [compareAxes('lt', 1, 2)],
  },
  at: (positions) => Math.abs(positions[1]! - 40) + Math.abs(positions[2]! - 200) / 3 + positions[0]!,
};
const SPACES: readonly Landscape[] = [CROSS, mixed('rastrigin', 4), mixed('rastrigin', 8)];

export function benchOverhead(print: (line: string) => void): void {
  for (const landscape of SPACES) {
    print(`\nprocessor time of the sampler per trial, ${landscape.name}; its share of a trial of the given length`);
    for (const one of CASES) {
      const micros = timeOf(one, landscape);
      const share = micros / 1000 / one.trialMs;
      const cells = [`${micros.toFixed(1)} µs`.padStart(10), `${(100 * share).toFixed(2)} %`.padStart(9)];
      const verdict = share < MOST ? '' : `   over ${100 * MOST} %`;
      print(`${one.method.padEnd(13)}${String(one.trials).padStart(6)} trials of ${one.trialMs} ms${cells.join('')}${verdict}`);
    }
  }
}

/** µs per trial: the median of some rounds, the start of the sampler included. The least one would be that with the luckiest difference. */
function timeOf({ method, trials }: Case, landscape: Landscape): number {
  const slow = method === 'tpe'; // which has taken its time after one round
  for (let k = 0; k < (slow ? 1 : Math.ceil(COMPILING / trials)); k++) round(method, trials, landscape);
  const count = slow ? ROUNDS : Math.max(ROUNDS, Math.ceil(MEASURED / trials));
  const rounds = Array.from({ length: count }, () => round(method, trials, landscape)).sort((a, b) => a - b);
  return rounds[count >> 1]!;
}

function round(method: MethodName, trials: number, landscape: Landscape): number {
  const { space } = landscape;
  const at = (positions: ArrayLike<number>): number => landscape.at(positions);
  const rows = createRows({ rowCount: trials, axisCount: space.axes.length, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
  const local = createLocal(
    {
      space,
      steps: [fullStep({ method, trials, size: generationSize(method, trials) })],
      goals: [{ metric: 0, direction: 'min' }],
      limit: null,
      robust: false,
      parts: 0,
    },
    rows,
  );
  let asked = 0;
  const all = microsOf(() => {
    for (let told = 0, over = false; !over;) {
      const to = Math.min(asked, told + RANGE);
      const { written, exhausted } = must(local.ask(to > told ? [{ from: told, to }] : [], asked, trials));
      run(rows, asked, asked + written, at);
      told = to;
      asked += written;
      over = exhausted || asked >= trials;
    }
  });
  const trialsAlone = microsOf(() => run(rows, 0, asked, at));
  return (all - trialsAlone) / asked;
}

/** The clock is asked twice only: asked for every question, it would take as long as a sampler. */
function microsOf(task: () => void): number {
  const started = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(started);
  return user + system;
}

function run(
  { positions, columns, states }: Rows,
  from: number,
  to: number,
  at: (positions: ArrayLike<number>) => number,
): void {
  for (let row = from; row < to; row++) {
    columns[0]![row] = at(positions.map((column) => column[row]!));
    states[row] = COMPLETE;
  }
}
