import type { Outcome } from '../core/fault.ts';

/** Bytes [at, at + length) of a piece of memory, and of the file that mirrors it. */
export interface Piece {
  readonly at: number;
  readonly length: number;
}

export interface StoredFile {
  readonly path: string;
  readonly bytes: ArrayBuffer;
}

/** Where files go: the origin's private file system, a database where that is missing, or nowhere. */
export type StorageKind = 'files' | 'database' | 'none';

/** The calls of the storage worker. A path is `folder/name`. What fails is told as a fault and changes nothing else. */
export interface StorageWorkerApi {
  kind(): Promise<StorageKind>;
  /** Paths of a folder. */
  list(folder: string): Promise<Outcome<readonly string[]>>;
  /** Null for a file that is not there, or was not written to its end. */
  read(path: string): Promise<Outcome<ArrayBuffer | null>>;
  /** All whole files of a folder. */
  readAll(folder: string): Promise<Outcome<readonly StoredFile[]>>;
  /** Replaces a file: whoever reads it later, also after a crash in between, finds the old bytes or the new ones. */
  write(path: string, bytes: ArrayBuffer): Promise<Outcome<null>>;
  /**
   * Writes pieces of memory to their places in a file of `size` bytes, which mirrors that memory; the rest of it stays.
   * @param memory shared memory, read when it is written; or a copy of the pieces, one after the other
   */
  patch(path: string, size: number, memory: ArrayBufferLike, pieces: readonly Piece[]): Promise<Outcome<null>>;
  /** The bytes that `patch` left, zero where nothing was written. Null where there is no such file. */
  readPatched(path: string): Promise<Outcome<ArrayBuffer | null>>;
  remove(paths: readonly string[]): Promise<Outcome<null>>;
}
