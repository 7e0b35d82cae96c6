import { beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/core/fault.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import type { SearchWorkerApi } from '../../src/schedule/messages.ts';
import type { Asked } from '../../src/search/sampler.ts';
import type { SearchSetup } from '../../src/search/setup.ts';
import { createLocal, createSearchSession } from '../../src/workers/search-session.ts';
import { must } from '../support/outcome.ts';
import { positionsOf } from '../support/sampler-suite.ts';
import { fullStep } from '../support/search-setup.ts';
import { wholeAxis } from '../support/space.ts';

const SPACE = { axes: [wholeAxis('a', 1, 60), wholeAxis('b', 1, 60)], constraints: [] };
const COUNT = 400;
const SETUP: SearchSetup = {
  space: SPACE,
  steps: [fullStep({ method: 'genetic', trials: COUNT })],
  goals: [{ metric: 0, direction: 'max' }],
  limit: null,
  robust: false,
  parts: 0,
};
/** Generations of 16 in halves, eight of which are under way. */
const [UNDER_WAY, HALF] = [64, 8];

let rows: Rows;
let session: SearchWorkerApi;

beforeEach(async () => {
  rows = emptyRows();
  session = createSearchSession();
  must(await session.open(1, SETUP, rows.buffer));
});

function emptyRows(): Rows {
  return createRows({ rowCount: COUNT, axisCount: 2, metrics: [0] }, (bytes) => new SharedArrayBuffer(bytes));
}

function run(from: number, to: number, { columns, positions, states }: Rows = rows): void {
  for (let row = from; row < to; row++) {
    columns[0]![row] = -Math.abs(positions[0]![row]! - 20) - Math.abs(positions[1]![row]! - 40);
    states[row] = COMPLETE;
  }
}

/** The same search on one thread: everything that was asked is told with the next question. */
function trialsOfLocal(): number[][] {
  const own = emptyRows();
  const local = createLocal(SETUP, own);
  for (let asked = 0, told = 0; asked < COUNT;) {
    const { written } = must(local.ask(asked > told ? [{ from: told, to: asked }] : [], asked, COUNT));
    told = asked;
    asked += written;
    run(told, asked, own);
  }
  return positionsOf(own, COUNT);
}

/** A question, and whether it has its answer. */
function put(from: number) {
  let answer: Outcome<Asked> | null = null;
  const done = session.ask(1, [], from, COUNT).then((outcome) => (answer = outcome));
  return { done, isOpen: async () => (await new Promise((resolve) => setTimeout(resolve, 5)), answer === null) };
}

describe('a question that has no answer yet', () => {
  test('waits until half a generation is told, in any order, and for no more', async () => {
    expect(must(await session.ask(1, [], 0, COUNT))).toMatchObject({ written: UNDER_WAY, waiting: true });
    run(0, UNDER_WAY);
    const question = put(UNDER_WAY);
    expect(await question.isOpen()).toBe(true);
    await session.tell(1, [{ from: 3, to: HALF }]);
    expect(await question.isOpen()).toBe(true);
    await session.tell(1, [{ from: 0, to: 3 }]);
    expect(must(await question.done)).toMatchObject({ written: HALF, waiting: true });
  });

  test('is answered where nothing more will be told', async () => {
    await session.ask(1, [], 0, COUNT);
    run(0, UNDER_WAY);
    const limited = put(UNDER_WAY);
    expect(await limited.isOpen()).toBe(true);
    await session.limit(1, UNDER_WAY, Infinity);
    expect(must(await limited.done)).toMatchObject({ written: 0, exhausted: true, ended: 'trials' });
  });

  test('leaves what was asked before the end was moved as the beginning of the whole search', async () => {
    await session.ask(1, [], 0, COUNT);
    run(0, UNDER_WAY);
    const { written } = must(await session.ask(1, [{ from: 0, to: 3 * HALF }], UNDER_WAY, COUNT));
    await session.limit(1, 0, Infinity);
    expect(must(await session.ask(1, [], UNDER_WAY + written, COUNT))).toMatchObject({ written: 0, exhausted: true });
    expect(positionsOf(rows, UNDER_WAY + written)).toEqual(trialsOfLocal().slice(0, UNDER_WAY + written));
  });

  test('ends with its study', async () => {
    await session.ask(1, [], 0, COUNT);
    const question = put(UNDER_WAY);
    must(await session.open(2, SETUP, rows.buffer));
    const outcome = await question.done;
    expect(outcome.ok ? '' : outcome.faults[0].code).toBe('study_closed');
    await session.tell(1, [{ from: 0, to: UNDER_WAY }]); // of the older study: without effect
    expect(must(await session.ask(2, [], 0, COUNT))).toMatchObject({ written: UNDER_WAY, waiting: true });
  });
});

test('the trials do not depend on how rows are told, and each generation is reported once', async () => {
  const expected = trialsOfLocal();
  let asked = 0;
  let told = 0;
  const ends: number[] = [];
  while (asked < COUNT) {
    const question = session.ask(1, [], asked, COUNT);
    for (let turn = 0; turn < 4 && told < asked; turn++) {
      const to = Math.min(asked, told + 3);
      run(told, to);
      await session.tell(1, [{ from: told, to }]);
      told = to;
    }
    const { written, generations = [] } = must(await question);
    asked += written;
    ends.push(...generations.map(({ index }) => index));
  }
  expect(positionsOf(rows, COUNT)).toEqual(expected);
  expect(ends).toEqual(ends.map((_, k) => k));
});
