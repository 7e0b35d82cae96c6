import { openBars } from '../../bars/buffer.ts';
import type { Market } from '../../bars/market.ts';
import { failed, fault, ok, type Fault, type Outcome } from '../../core/fault.ts';
import type { Storage } from '../../workers/storage-client.ts';
import { decodeRecord, encodeRecord, type RecordData, type StudyRecord } from './record.ts';
import type { Counts } from './tried.ts';

const RECORDS = 'records';
const ROWS = 'rows';
const CONDENSED = 'condensed';
const BARS = 'bars';
const COUNTS = 'counts/deleted';

const recordPath = (id: string): string => `${RECORDS}/${id}`;
const rowsPath = (id: string): string => `${ROWS}/${id}`;
const condensedPath = (id: string): string => `${CONDENSED}/${id}`;
const barsPath = (hash: string): string => `${BARS}/${hash}`;

/** The kept studies on this machine: records, rows, the bars of files, and how many trials deleted studies had run. */
export function createLibrary(storage: Storage) {
  return {
    async list(): Promise<{ readonly records: readonly StudyRecord[]; readonly faults: readonly Fault[] }> {
      const files = await storage.readAll(RECORDS);
      if (!files.ok) return { records: [], faults: files.faults };
      const read = files.value.map(({ bytes }) => decodeRecord(bytes));
      return {
        records: read.flatMap((one) => (one.ok ? [one.value] : [])).sort((a, b) => b.startedMs - a.startedMs),
        faults: read.flatMap((one) => (one.ok ? [] : [one.faults[0]])),
      };
    },
    async read(id: string): Promise<Outcome<StudyRecord>> {
      const bytes = await storage.read(recordPath(id));
      if (!bytes.ok) return bytes;
      return bytes.value === null ? failed(missing()) : decodeRecord(bytes.value);
    },
    save: (record: StudyRecord): Promise<Outcome<null>> => storage.write(recordPath(record.id), encodeRecord(record)),
    /** The rows of a study, or what is kept of them where they did not fit. */
    async rows({ id, keep }: StudyRecord): Promise<Outcome<ArrayBuffer>> {
      const bytes = await (keep === undefined ? storage.readPatched(rowsPath(id)) : storage.read(condensedPath(id)));
      if (!bytes.ok) return bytes;
      return bytes.value === null ? failed(missing()) : ok(bytes.value);
    },
    saveCondensed: (id: string, bytes: ArrayBuffer) => storage.write(condensedPath(id), bytes),
    patchRows: (id: string, ...args: Tail<Parameters<Storage['patch']>>) => storage.patch(rowsPath(id), ...args),
    async keepBars(hash: string, market: Market): Promise<Outcome<null>> {
      const kept = await storage.list(BARS);
      if (kept.ok && kept.value.includes(barsPath(hash))) return ok(null);
      const bytes = new Uint8Array(market.buffer.byteLength);
      bytes.set(new Uint8Array(market.buffer));
      return storage.write(barsPath(hash), bytes.buffer);
    },
    /** The bars of a study, in shared memory; null where they were not kept. */
    async bars(
      { hash, symbol, name, synthetic, zone }: RecordData,
      make: (bytes: number) => ArrayBufferLike,
    ): Promise<Market | null> {
      const bytes = await storage.read(barsPath(hash));
      if (!bytes.ok || bytes.value === null) return null;
      const buffer = make(bytes.value.byteLength);
      new Uint8Array(buffer).set(new Uint8Array(bytes.value));
      return openBars(buffer).ok ? { symbol, name, buffer, synthetic, zone } : null;
    },
    barsBytes: (hash: string) => storage.read(barsPath(hash)),
    /** Deletes a study whose trials stand in another one, so that they are counted there. */
    drop: ({ id }: StudyRecord): Promise<Outcome<null>> => storage.remove([recordPath(id), rowsPath(id)]),
    /** Deletes a study, and bars that no other study needs. What it ran stays counted. */
    async remove(record: StudyRecord, others: readonly StudyRecord[]): Promise<Outcome<null>> {
      const counts = await readCounts(storage);
      const counted = await writeCounts(storage, {
        ...counts,
        [record.data.hash]: (counts[record.data.hash] ?? 0) + record.done,
      });
      if (!counted.ok) return counted;
      const needed = others.some(({ id, data }) => id !== record.id && data.hash === record.data.hash);
      return storage.remove([
        recordPath(record.id),
        record.keep === undefined ? rowsPath(record.id) : condensedPath(record.id),
        ...(needed ? [] : [barsPath(record.data.hash)]),
      ]);
    },
    /** Trials that deleted studies had run, by the hash of their bars. */
    deletedCounts: () => readCounts(storage),
  };
}

export type Library = ReturnType<typeof createLibrary>;
type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

async function readCounts(storage: Storage): Promise<Counts> {
  const bytes = await storage.read(COUNTS);
  if (!bytes.ok || bytes.value === null) return {};
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes.value));
    if (typeof json !== 'object' || json === null) return {};
    return Object.fromEntries(
      Object.entries(json).flatMap(([hash, count]) => (typeof count === 'number' ? [[hash, count]] : [])),
    );
  } catch {
    return {};
  }
}

function writeCounts(storage: Storage, counts: Counts): Promise<Outcome<null>> {
  return storage.write(COUNTS, new TextEncoder().encode(JSON.stringify(counts)).buffer);
}

function missing(): Fault {
  return fault('record_missing', 'The study is not kept on this machine any more.', 'Import it from a file, or run it again.');
}
