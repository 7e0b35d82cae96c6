/** Makes zeroed memory of exactly `bytes` bytes; a SharedArrayBuffer where threads share it. */
export type MakeBuffer = (bytes: number) => ArrayBufferLike;
