import type { Market } from '../../bars/market.ts';
import { failed, fault, ok, type Outcome } from '../../core/fault.ts';
import { utf8Bytes } from '../../core/hash.ts';
import type { StudyDocument } from '../../document/document.ts';
import { parseDocument } from '../../document/schema.ts';
import type { RowRange } from '../../schedule/chunks.ts';
import type { TrialFailure } from '../../schedule/messages.ts';
import { KEPT_SURFACES, type Keep } from '../keeping.svelte.ts';

/** running: it is being computed, or was when its page ended. */
export type RecordState = 'running' | 'done' | 'cancelled' | 'failed';

/** One kept study, without its rows. */
export interface StudyRecord {
  readonly record: 1 | 2; // 2 where not every row is kept
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly startedMs: number; // UTC
  readonly savedMs: number; // of the last checkpoint
  readonly engine: string;
  readonly state: RecordState;
  readonly document: StudyDocument;
  readonly strategy: string; // in words
  readonly data: RecordData;
  readonly trials: number; // rows that have room
  readonly estimated: boolean;
  readonly asked: number;
  readonly done: number;
  readonly finished: readonly RowRange[];
  readonly failures: readonly TrialFailure[];
  readonly elapsedMs: number;
  readonly busyMs: number;
  readonly workers: number;
  readonly best: RecordBest | null;
  readonly digest: string | null;
  readonly keep?: Keep; // what is kept of results that did not fit
}

export interface RecordData {
  readonly name: string;
  readonly symbol: string;
  readonly hash: string; // of the bars that were used, cut to their range
  readonly sourceHash: string; // of the whole source
  readonly fromMs: number;
  readonly toMs: number;
  readonly bars: number;
  readonly synthetic: boolean;
  readonly zone: Market['zone'];
}

/** The best trial by the objective, in words. */
export interface RecordBest {
  readonly metric: string; // key of a metric, or "objective"
  readonly value: number | null; // null where it is infinite
  readonly trial: string; // "fast 7, slow 40"
}

const RECORD_VERSION = 2;
const STATES: readonly string[] = ['running', 'done', 'cancelled', 'failed'];

export function encodeRecord(record: StudyRecord): ArrayBuffer {
  return utf8Bytes(JSON.stringify(record)).buffer;
}

/** Reads a record, which may come from another version or from a stranger. */
export function decodeRecord(bytes: ArrayBuffer): Outcome<StudyRecord> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return damaged('it is no JSON');
  }
  if (typeof json !== 'object' || json === null) return damaged('it is no object');
  const of = json as Readonly<Record<string, unknown>>;
  if (typeof of['record'] === 'number' && of['record'] > RECORD_VERSION) {
    const message = `The study was kept by a newer Barsweep, in version ${of['record']}.`;
    return failed(fault('record_version', message, 'Load the page again to get the newer Barsweep.'));
  }
  const wrong = FIELDS.find(([key, test]) => !test(of[key]));
  if (wrong !== undefined) return damaged(`\`${wrong[0]}\` is not what it should be`);
  const document = parseDocument(of['document']);
  if (!document.ok) return document;
  return ok({ ...(of as unknown as StudyRecord), document: document.value });
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 10_000;
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const FIELDS: readonly (readonly [string, (value: unknown) => boolean])[] = [
  ['record', (value) => value === 1 || value === RECORD_VERSION],
  ['id', (value) => typeof value === 'string' && /^[0-9a-z-]{8,64}$/.test(value)],
  ...['name', 'note', 'engine', 'strategy'].map((key) => [key, isText] as const),
  ...['startedMs', 'savedMs'].map((key) => [key, isTime] as const),
  ...['trials', 'asked', 'done', 'elapsedMs', 'busyMs', 'workers'].map((key) => [key, isCount] as const),
  ['state', (value) => STATES.includes(String(value))],
  ['estimated', (value) => typeof value === 'boolean'],
  [
    'finished',
    (value) => Array.isArray(value) && value.every((one) => isObject(one) && isCount(one['from']) && isCount(one['to'])),
  ],
  [
    'failures',
    (value) => Array.isArray(value) && value.every((one) => isObject(one) && isCount(one['row']) && isText(one['message'])),
  ],
  ['data', isData],
  ['best', (value) => value === null || (isObject(value) && isText(value['metric']) && isText(value['trial']))],
  ['digest', (value) => value === null || isText(value)],
  [
    'keep',
    (value) =>
      value === undefined ||
      (isObject(value) && isCount(value['best']) && KEPT_SURFACES.some((one) => one === value['surfaces'])),
  ],
];

function isData(value: unknown): boolean {
  if (!isObject(value)) return false;
  const texts = ['name', 'symbol', 'hash', 'sourceHash', 'zone'].every((key) => isText(value[key]));
  return (
    texts &&
    isTime(value['fromMs']) &&
    isTime(value['toMs']) &&
    isCount(value['bars']) &&
    typeof value['synthetic'] === 'boolean'
  );
}

function damaged(what: string): Outcome<StudyRecord> {
  return failed(
    fault('record_damaged', `The kept study cannot be read: ${what}.`, 'Delete it, or import it again from its file.'),
  );
}
