import { expect } from 'vitest';

type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array;

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/** What `expect(is).toEqual(wanted)` says, which visits every number with care: equal bytes need none of it. */
export function expectSameNumbers(is: Numbers, wanted: Numbers): void {
  if (!bytesOf(is).equals(bytesOf(wanted))) expect(is).toEqual(wanted);
}
