import { describe, expect, test } from 'vitest';
import { failed, fault, ok } from '../../src/core/fault.ts';
import { BLOCK_COLUMN, BLOCK_NUMBERS } from '../../src/metrics/blocks.ts';
import { METRICS } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, NO_TRADES, PENDING } from '../../src/metrics/state.ts';
import { CANCEL, createControl, doneWord, leaveWord, ORDER } from '../../src/schedule/control.ts';
import type { EngineFactory, StudySetup, SweepWorkerApi, TrialEngine } from '../../src/schedule/messages.ts';
import type { Axis } from '../../src/space/axis.ts';
import type { TrialReport } from '../../src/metrics/report.ts';
import { createSession } from '../../src/workers/session.ts';
import { packRows, unpackRows } from '../../src/workers/carried-rows.ts';
import { EMPTY_PLAN } from '../support/empty-plan.ts';
import { NEUTRAL_EXECUTION } from '../../src/strategy/execution.ts';

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
const AXES: readonly Axis[] = [
  { kind: 'range', name: 'fast', size: 4, lowUnits: 5, stepUnits: 1, decimals: 1, highUnits: 8, fallback: 0.5 },
  { kind: 'list', name: 'slow', size: 3, values: [10, 30, 20], fallback: 10 },
];
const STORED = [4, 0]; // columns of the study, as indices of METRICS

/** A trial's metric k is 1000 × k + 10 × fast + slow. */
function fakeEngine(overrides: Partial<TrialEngine> = {}): TrialEngine {
  const engine: TrialEngine = {
    path: 'scan',
    pairAxes: null,
    times: null,
    run(_positions, values, out) {
      for (let k = 0; k < METRICS.length; k++) out[k] = 1000 * k + 10 * (values[0] ?? NaN) + (values[1] ?? NaN);
      return COMPLETE;
    },
    prepare: (_rows, from, to) => from - to,
    prepared: () => NaN,
    moments(into, at) {
      for (let k = 0; k < BLOCK_NUMBERS; k++) into[at + k] = k;
    },
    detail(positions, values) {
      const row = new Float64Array(METRICS.length);
      const state = engine.run(positions, values, row);
      return ok({ state, row, report: {} as TrialReport, plots: [] });
    },
    ...overrides,
  };
  return engine;
}

interface Opened {
  readonly api: SweepWorkerApi;
  readonly rows: Rows;
  readonly control: Int32Array;
  readonly setup: StudySetup;
}

async function openSession(
  createEngine: EngineFactory = () => ok(fakeEngine()),
  more: Partial<StudySetup> = {},
  metrics: readonly number[] = STORED,
): Promise<Opened> {
  const rows = createRows({ rowCount: 12, axisCount: 2, metrics }, shared);
  for (let row = 0; row < 12; row++) {
    rows.positions[0]?.set([Math.floor(row / 3)], row);
    rows.positions[1]?.set([row % 3], row);
  }
  const control = createControl(2, shared);
  const api = createSession(createEngine);
  const setup: StudySetup = {
    generation: 7,
    workerIndex: 1,
    plan: { ...EMPTY_PLAN, space: { axes: AXES, constraints: [] } },
    axes: AXES,
    execution: NEUTRAL_EXECUTION,
    scoring: [{ startBar: 0, returns: 'bar', periodsPerYear: 252 }],
    markets: [shared(8)],
    rows: rows.buffer,
    metrics,
    control: control.buffer,
    cacheBytes: 1e6,
    ...more,
  };
  const opened = await api.open(setup);
  if (!opened.ok) throw new Error(opened.faults[0].message);
  return { api, rows, control, setup };
}

describe('a session', () => {
  test('writes the stored columns, then the state, of exactly the rows of the range', async () => {
    const { api, rows, control } = await openSession();
    expect(await api.run(7, 4, 9)).toMatchObject({ generation: 7, from: 4, to: 9, failures: [] });
    expect(Array.from(rows.states)).toEqual(
      [0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0].map((done) => (done === 1 ? COMPLETE : PENDING)),
    );
    expect(rows.columns[0]?.[4]).toBe(4000 + 10 * 0.6 + 30);
    expect(rows.columns[1]?.[8]).toBe(10 * 0.7 + 20);
    expect(rows.columns[0]?.[9]).toBe(0);
    expect(Array.from(control).filter((word) => word !== 0)).toEqual([5]);
    expect(control[doneWord(1)]).toBe(5);
    await api.run(7, 0, 4);
    expect(control[doneWord(1)]).toBe(9);
  });

  test('a cancelled study runs no further row', async () => {
    const { api, rows, control } = await openSession(() => {
      let count = 0;
      const engine = fakeEngine();
      return ok({
        ...engine,
        run(positions, values, out) {
          if (++count === 3) Atomics.store(controlOf.words, ORDER, CANCEL);
          return engine.run(positions, values, out);
        },
      });
    });
    const controlOf = { words: control };
    expect(await api.run(7, 0, 12)).toMatchObject({ from: 0, to: 3 });
    expect(rows.states[3]).toBe(PENDING);
    expect(await api.run(7, 3, 12)).toMatchObject({ from: 3, to: 3 });
  });

  test('asks for the block moments of each row that stores them; a trial that throws has none', async () => {
    const engine = fakeEngine();
    const create: EngineFactory = () =>
      ok({
        ...engine,
        run(positions, values, out) {
          if (values[1] === 10) throw new RangeError('ten');
          return engine.run(positions, values, out);
        },
      });
    const { api, rows } = await openSession(create, {}, [...STORED, BLOCK_COLUMN]);
    await api.run(7, 0, 3);
    const numbers = Array.from({ length: BLOCK_NUMBERS }, (_, k) => k);
    const none = numbers.map(() => 0);
    expect(Array.from(rows.moments.subarray(0, 4 * BLOCK_NUMBERS))).toEqual(
      [numbers.map(() => NaN), numbers, numbers, none].flat(),
    );
  });

  test('another generation is ignored', async () => {
    const { api, rows } = await openSession();
    expect(await api.run(6, 0, 12)).toMatchObject({ generation: 6, from: 0, to: 0 });
    expect(rows.states.every((state) => state === PENDING)).toBe(true);
    expect(await api.detail(6, 0, [0, 0])).toMatchObject({ ok: false, faults: [{ code: 'study_closed' }] });
    await api.close();
    expect(await api.run(7, 0, 12)).toMatchObject({ from: 0, to: 0 });
  });

  test('a trial that throws is failed without numbers, and the others go on', async () => {
    const engine = fakeEngine();
    const { api, rows } = await openSession(() =>
      ok({
        ...engine,
        run(positions, values, out) {
          if (values[0] === 0.6) throw new RangeError(`no ${String(values[1])}`);
          return values[0] === 0.5 ? NO_TRADES : engine.run(positions, values, out);
        },
      }),
    );
    expect(await api.run(7, 0, 12)).toMatchObject({ to: 12, failures: [{ row: 3, message: 'no 10' }, { row: 4 }, { row: 5 }] });
    expect(Array.from(rows.states)).toEqual([
      NO_TRADES,
      NO_TRADES,
      NO_TRADES,
      FAILED,
      FAILED,
      FAILED,
      ...Array.from({ length: 6 }, () => COMPLETE),
    ]);
    expect(rows.columns[0]?.[3]).toBeNaN();
    expect(rows.columns[0]?.[6]).toBe(4000 + 10 * 0.7 + 10);
  });

  test('a worker that is told to leave runs no further row', async () => {
    const { api, control } = await openSession();
    Atomics.store(control, leaveWord(1), 1);
    expect(await api.run(7, 0, 12)).toMatchObject({ from: 0, to: 0 });
    Atomics.store(control, leaveWord(1), 0);
    Atomics.store(control, leaveWord(0), 1); // another's
    expect(await api.run(7, 0, 12)).toMatchObject({ to: 12 });
  });

  test('rows that travel with the call come back with the bytes of shared ones', async () => {
    const one = await openSession();
    await one.api.run(7, 0, 12);
    const other = await openSession(undefined, { rows: null });
    const carried = packRows(other.rows, 3, 9);
    const report = await other.api.run(7, 3, 9, carried);
    expect(report).toMatchObject({ from: 3, to: 9, failures: [] });
    expect(unpackRows(other.rows, 3, 6, report.rows ?? new ArrayBuffer(0))).toBe(true);
    for (const [c, column] of other.rows.columns.entries()) {
      expect(column.slice(3, 9)).toEqual(one.rows.columns[c]?.slice(3, 9));
    }
    expect(Array.from(other.rows.states)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
    expect(unpackRows(other.rows, 0, 6, new ArrayBuffer(8))).toBe(false);
  });

  test('a row of a market that is not there is failed', async () => {
    const { api, rows } = await openSession();
    rows.markets[2] = 1;
    expect((await api.run(7, 2, 3)).failures).toEqual([
      { row: 2, message: 'row 2 names a market that the study does not have' },
    ]);
    expect(rows.states[2]).toBe(FAILED);
  });

  test('a trial opened by positions has the bytes of its row, also after the study ended', async () => {
    const { api, rows, control } = await openSession();
    await api.run(7, 0, 12);
    Atomics.store(control, ORDER, CANCEL);
    const detail = await api.detail(7, 0, [2, 1]);
    const stored = rows.columns.map((column) => column[7]);
    expect(detail.ok ? Array.from(detail.value.row) : detail.faults).toEqual(stored);
    expect(await api.detail(7, 1, [2, 1])).toMatchObject({ ok: false });
    expect(await api.detail(7, 0, [2])).toMatchObject({ ok: false });
  });

  test('a trial whose report throws is a fault', async () => {
    const { api } = await openSession(() =>
      ok(
        fakeEngine({
          detail: () => {
            throw new Error('boom');
          },
        }),
      ),
    );
    expect(await api.detail(7, 0, [0, 0])).toMatchObject({
      ok: false,
      faults: [{ code: 'trial_failed', message: 'The trial stopped with an error: boom.' }],
    });
  });

  test.each([
    ['rows', { rows: shared(4) }, 'rows_damaged'],
    ['axes', { axes: [] }, 'setup_broken'],
    ['control words', { workerIndex: 2 }, 'setup_broken'],
    ['scoring', { scoring: [] }, 'setup_broken'],
  ])('a setup with broken %s is refused', async (_, broken, code) => {
    const { api, setup } = await openSession();
    expect(await api.open({ ...setup, ...broken })).toMatchObject({ ok: false, faults: [{ code }] });
    expect(await api.run(7, 0, 12)).toMatchObject({ to: 0 });
  });

  test("the kernel's refusal is passed on", async () => {
    const { setup } = await openSession();
    const api = createSession(() => failed(fault('no_memory', 'No.', '')));
    expect(await api.open(setup)).toMatchObject({ ok: false, faults: [{ code: 'no_memory' }] });
  });
});
