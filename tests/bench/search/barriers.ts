import { createRows, type Rows } from '../../../src/metrics/rows.ts';
import { COMPLETE } from '../../../src/metrics/state.ts';
import { createPace } from '../../../src/schedule/pace.ts';
import type { Search } from '../../../src/search/search.ts';
import { generationSize, type MethodName } from '../../../src/search/spec.ts';
import { oneStep } from '../../support/search-setup.ts';
import { mixed } from './functions.ts';

// How long workers wait for the next generation, in virtual time: real samplers and the pace of real sweeps, trials and questions
// of a given length. So the machine that runs it has no part in the answer.

export interface Barrier {
  readonly method: MethodName;
  readonly trials: number;
  readonly trialMs: number;
}

export const BARRIERS: readonly Barrier[] = [
  { method: 'random', trials: 2000, trialMs: 0.1 },
  { method: 'sobol', trials: 2000, trialMs: 0.1 },
  { method: 'genetic', trials: 1000, trialMs: 0.1 },
  { method: 'genetic', trials: 8000, trialMs: 0.1 },
  { method: 'differential', trials: 4000, trialMs: 0.1 },
  { method: 'cma', trials: 5000, trialMs: 1 },
  { method: 'tpe', trials: 500, trialMs: 10 },
];
export const WORKERS = [2, 4, 8] as const;
/** From the end of a range to the positions that its results lead to. */
const QUESTION_MS = [0.3, 1, 3] as const;
const REPORT_MS = 0.1;
const DEPTH = 2; // ranges that a worker holds
const TEST = mixed('rastrigin', 4);

export function benchBarriers(print: (line: string) => void): void {
  print(`\nshare of the workers' time spent waiting, where a question takes ${QUESTION_MS.join(', ')} ms`);
  for (const one of BARRIERS) {
    const cells = WORKERS.map((workers) => {
      const shares = QUESTION_MS.map((ms) => `${(100 * waitingShare(one, workers, ms)).toFixed(1)} %`);
      return `${workers} workers ${shares.join(', ')}`;
    });
    print(`${one.method.padEnd(13)}${one.trials} trials of ${one.trialMs} ms: ${cells.join('; ')}`);
  }
}

/** Things that happen, in the order of time. */
function createClock() {
  const events: { readonly at: number; readonly run: () => void }[] = [];
  let now = 0;
  return {
    after(ms: number, run: () => void): void {
      events.push({ at: now + ms, run });
      events.sort((a, b) => b.at - a.at);
    },
    get now(): number {
      return now;
    },
    runAll(): void {
      for (let next = events.pop(); next !== undefined; next = events.pop()) {
        now = next.at;
        next.run();
      }
    },
  };
}

/** Share of the workers' time that passes while they wait. */
export function waitingShare({ method, trials, trialMs }: Barrier, workers: number, questionMs: number): number {
  const search = oneStep(TEST.space, { method, seed: 3, trials, size: generationSize(method, trials) });
  const axisCount = TEST.space.axes.length;
  const rows = createRows({ rowCount: trials, axisCount, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
  const pace = createPace({ workers });
  const clock = createClock();
  const held = Array.from({ length: workers }, (): [number, number][] => []);
  const running = held.map(() => false);
  let [asked, next, busy, lasted] = [0, 0, 0, 0];
  let over = false;

  /** What ends is told at once, also while a question is under way, and answered as soon as it leads to something. */
  function ask(told: readonly [number, number][]): void {
    clock.after(questionMs, () => {
      if (over) return;
      for (const [from, to] of told) search.tell(rows, from, to);
      ({ asked, over } = askAll(search, rows, asked));
      dealAll();
    });
  }

  function dealAll(): void {
    for (let depth = 1; depth <= DEPTH; depth++) held.forEach((_, worker) => deal(worker, depth));
  }

  function deal(worker: number, depth: number): void {
    const own = held[worker]!;
    if (own.length >= depth || next === asked) return;
    const size = pace.next(worker, asked - next);
    own.push([next, next + size]);
    next += size;
    start(worker);
  }

  function start(worker: number): void {
    const range = held[worker]![0];
    if (running[worker]! || range === undefined) return;
    running[worker] = true;
    const [from, to] = range;
    let ms = 0;
    for (let row = from; row < to; row++) ms += trialMs * (0.7 + (0.6 * ((row * 7919) % 101)) / 100); // trials differ
    busy += ms;
    clock.after(ms, () => {
      run(rows, from, to);
      pace.took(worker, to - from, ms);
      held[worker]!.shift();
      running[worker] = false;
      start(worker);
      clock.after(REPORT_MS, () => {
        lasted = clock.now;
        ask([[from, to]]);
        dealAll();
      });
    });
  }

  ask([]);
  clock.runAll();
  return 1 - busy / (workers * lasted);
}

function askAll(search: Search, rows: Rows, from: number) {
  for (let asked = from; ;) {
    const { written, exhausted, waiting } = search.ask(rows, asked, rows.rowCount, Infinity);
    asked += written;
    const over = exhausted || asked >= rows.rowCount;
    if (over || waiting) return { asked, over };
  }
}

function run({ positions, columns, states }: Rows, from: number, to: number): void {
  for (let row = from; row < to; row++) {
    columns[0]![row] = -TEST.at(positions.map((column) => column[row]!));
    states[row] = COMPLETE;
  }
}
