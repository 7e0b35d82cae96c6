import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256Hex, utf8Bytes } from '../../src/core/hash.ts';
import { uniform } from '../../src/core/random.ts';

function reference(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('published vectors', () => {
  expect(sha256Hex(utf8Bytes(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256Hex(utf8Bytes('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('every length around the block boundaries, and a long one', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => uniform(1, i) * 256);
  for (let length = 0; length <= 300; length++)
    expect(sha256Hex(bytes.subarray(0, length))).toBe(reference(bytes.subarray(0, length)));
  const long = Uint8Array.from({ length: 1_000_003 }, (_, i) => (i * i) >>> 3);
  expect(sha256Hex(long)).toBe(reference(long));
});

test('shared memory is hashed like any other', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(1000)).fill(7);
  expect(sha256Hex(shared)).toBe(reference(Uint8Array.from(shared)));
});

test('UTF-8 as the platform writes it, lone surrogates included', () => {
  for (const text of [
    '',
    'plain',
    'é ß ₿',
    '\u{1f4c8} up',
    '\ud800',
    'a\udc00b',
    '\udc00\ud800',
    '\u07ff\u0800\uffff\u{10ffff}',
  ]) {
    expect([...utf8Bytes(text)]).toEqual([...new TextEncoder().encode(text)]);
  }
});
