import { describe, expect, test } from 'vitest';
import { newDocument } from '../../src/document/document.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { trialsTried } from '../../src/study/storage/tried.ts';
import { decodeRecord, encodeRecord, type StudyRecord } from '../../src/study/storage/record.ts';
import { without } from '../../src/study/storage/recorder.ts';
import { piecesOfRanges, restoreRows } from '../../src/study/storage/rows-file.ts';
import { packStudy, unpackStudy } from '../../src/study/storage/study-file.ts';
import { newerCopy, openCopy, sealCopy } from '../../src/workers/safe-file.ts';

const plain = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes);

const RECORD: StudyRecord = {
  record: 1,
  id: '0b6f3c3e-0000-4000-8000-000000000001',
  name: 'A study',
  note: '',
  startedMs: 1,
  savedMs: 2,
  engine: '0.1.0',
  state: 'running',
  document: newDocument(),
  strategy: 'crossover',
  data: { name: 'd', symbol: 'D', hash: 'ab', sourceHash: 'cd', fromMs: 0, toMs: 1, bars: 2, synthetic: true, zone: 'UTC' },
  trials: 10,
  estimated: false,
  asked: 10,
  done: 4,
  finished: [{ from: 0, to: 4 }],
  failures: [{ row: 2, message: 'thrown' }],
  elapsedMs: 5,
  busyMs: 9,
  workers: 2,
  best: { metric: 'sharpe', value: 1, trial: 'fast 1' },
  digest: null,
};

describe('a record', () => {
  test('comes back as it was', () => {
    expect(decodeRecord(encodeRecord(RECORD))).toEqual({ ok: true, value: RECORD });
  });

  test.each<[string, unknown, string]>([
    ['of a newer version', { ...RECORD, record: 3 }, 'record_version'],
    ['with impossible results', { ...RECORD, record: 2, keep: { best: 'all' } }, 'record_damaged'],
    ['with a hostile id', { ...RECORD, id: '../bars' }, 'record_damaged'],
    ['without ranges', { ...RECORD, finished: null }, 'record_damaged'],
    ['with an unknown state', { ...RECORD, state: 'lost' }, 'record_damaged'],
    ['that is a list', [], 'record_damaged'],
  ])('%s is refused, never misread', (_, json, code) => {
    const bytes = new TextEncoder().encode(JSON.stringify(json)).buffer;
    expect(decodeRecord(bytes)).toMatchObject({ ok: false, faults: [{ code }] });
  });

  test('that is no JSON is refused', () => {
    expect(decodeRecord(new TextEncoder().encode('{').buffer)).toMatchObject({ ok: false });
  });
});

describe('a file that is written in turns', () => {
  const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;

  test('gives the newer whole copy', () => {
    const one = openCopy(sealCopy(1, bytes('one')));
    const two = openCopy(sealCopy(2, bytes('two')));
    expect(newerCopy(one, two)).toBe(two);
    expect(newerCopy(two, null)).toBe(two);
    expect(two === null ? '' : new TextDecoder().decode(two.bytes)).toBe('two');
  });

  test('a copy that was cut or changed does not count', () => {
    const sealed = sealCopy(3, bytes('some bytes'));
    expect(openCopy(sealed.slice(0, sealed.byteLength - 1))).toBeNull();
    new Uint8Array(sealed)[sealed.byteLength - 1]! ^= 1;
    expect(openCopy(sealed)).toBeNull();
    expect(openCopy(new ArrayBuffer(3))).toBeNull();
  });
});

describe('kept rows', () => {
  const compiled = compileStrategy('a = param(1, 1..5 by 1)\nenter long when close > a');
  const axes = compiled.ok ? compiled.value.space.axes : [];

  function filled(): Rows {
    const rows = createRows({ rowCount: 10, axisCount: 1, metrics: [0, 1] }, plain);
    for (let row = 0; row < 10; row++) {
      rows.positions[0]![row] = row % 5;
      rows.columns[0]![row] = row;
      rows.columns[1]![row] = -row;
      rows.states[row] = COMPLETE;
    }
    return rows;
  }

  test('pieces of ranges hold exactly these rows', () => {
    const rows = filled();
    const file = new Uint8Array(rows.buffer.byteLength);
    for (const { at, length } of piecesOfRanges(rows, [
      { from: 2, to: 4 },
      { from: 9, to: 10 },
    ])) {
      file.set(new Uint8Array(rows.buffer, at, length), at);
    }
    const restored = restoreRows(file.buffer, axes, plain);
    if (!restored.ok) throw new Error(restored.faults[0].message);
    expect(Array.from(restored.value.states)).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 1]);
    expect(Array.from(restored.value.columns[0]!)).toEqual([0, 0, 2, 3, 0, 0, 0, 0, 0, 9]);
  });

  test('rows with a position beyond its axis, another count of axes or a strange state are refused', () => {
    const far = filled();
    far.positions[0]![3] = 5;
    expect(restoreRows(far.buffer as ArrayBuffer, axes, plain)).toMatchObject({ ok: false });
    expect(restoreRows(filled().buffer as ArrayBuffer, [], plain)).toMatchObject({ ok: false });
    const strange = filled();
    strange.states[0] = 77;
    expect(restoreRows(strange.buffer as ArrayBuffer, axes, plain)).toMatchObject({ ok: false });
  });

  test('only what is new is written', () => {
    expect(
      without(
        [{ from: 0, to: 10 }],
        [
          { from: 2, to: 4 },
          { from: 8, to: 12 },
        ],
      ),
    ).toEqual([
      { from: 0, to: 2 },
      { from: 4, to: 8 },
    ]);
    expect(without([{ from: 0, to: 4 }], [{ from: 0, to: 4 }])).toEqual([]);
  });

  test('a study travels as one file with its bars', async () => {
    const rows = filled().buffer as ArrayBuffer;
    const file = await packStudy({ record: RECORD, rows, bars: new Uint8Array([1, 2, 3]).buffer });
    const parts = await unpackStudy(file);
    expect(parts.ok ? parts.value.record : null).toEqual(RECORD);
    expect(parts.ok ? new Uint8Array(parts.value.rows) : null).toEqual(new Uint8Array(rows));
    expect(parts.ok ? parts.value.bars?.byteLength : 0).toBe(3);
    expect(await unpackStudy(file.slice(0, file.size - 20))).toMatchObject({ ok: false, faults: [{ code: 'study_file' }] });
    expect(await unpackStudy(new Blob(['something else']))).toMatchObject({ ok: false, faults: [{ code: 'study_file' }] });
  });
});

test('trials on a data set count kept and deleted studies, of these bars alone', () => {
  const other = { ...RECORD, data: { ...RECORD.data, hash: 'ef' } };
  expect(trialsTried('ab', [RECORD, RECORD, other], { ab: 100, ef: 5 })).toBe(108);
});
