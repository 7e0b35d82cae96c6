import type { MakeBuffer } from '../core/buffer.ts';

/** Whether workers can share memory with this page: it takes a page that is isolated from others. */
export const SHARES_MEMORY = typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated;

/** Memory for bars and results: shared where it can be. Without, every worker gets copies. */
export const makeMemory: MakeBuffer = (bytes) => (SHARES_MEMORY ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
