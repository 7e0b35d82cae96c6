import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readText, unpackGzip } from '../../src/workers/read-file.ts';

const TEXT = 'Date,Close\n2020-01-02,1.5\n2020-01-03,€ 2,5\n';

function utf16(text: string, little: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, little);
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), little);
  return bytes;
}

async function textOf(bytes: BlobPart): Promise<string> {
  const read = await readText(new Blob([bytes]));
  return read.ok ? read.value.text : read.faults[0].code;
}

async function unpacked(bytes: BlobPart): Promise<string> {
  const inner = await unpackGzip(new Blob([bytes]));
  return inner.ok ? inner.value.text() : inner.faults[0].code;
}

describe('a file is read as text', () => {
  test('in UTF-8, with and without a mark', async () => {
    expect(await textOf(TEXT)).toBe(TEXT);
    expect(await textOf('\ufeff' + TEXT)).toBe(TEXT);
  });

  test('in UTF-16 of either order', async () => {
    expect(await textOf(utf16(TEXT, true))).toBe(TEXT);
    expect(await textOf(utf16(TEXT, false))).toBe(TEXT);
  });

  test('in UTF-16 without a mark, and in older encodings', async () => {
    expect(await textOf(utf16(TEXT, true).subarray(2))).toBe(TEXT);
    expect(await textOf(new Uint8Array([...'Er\u00f6ffnung;1,5'].map((char) => char.charCodeAt(0))))).toBe(
      'Er\u00f6ffnung;1,5',
    );
    // 日付,始値,終値 in Shift-JIS
    const header = [0x93, 0xfa, 0x95, 0x74, 0x2c, 0x8e, 0x6e, 0x92, 0x6c, 0x2c, 0x8f, 0x49, 0x92, 0x6c, 0x0a];
    expect(await textOf(new Uint8Array(header))).toBe('日付,始値,終値\n');
  });

  test('from gzip', async () => {
    expect(await unpacked(gzipSync(TEXT))).toBe(TEXT);
  });

  test('an empty file is an empty text', async () => {
    expect(await textOf('')).toBe('');
  });

  test('damaged gzip is a fault that says so', async () => {
    expect(await unpacked(gzipSync(TEXT).subarray(0, 20))).toBe('gzip_damaged');
    expect(await unpacked(new Uint8Array([0x1f, 0x8b, 1, 2, 3]))).toBe('gzip_damaged');
  });

  test('progress grows to 1', async () => {
    const seen: number[] = [];
    await readText(new Blob(['x'.repeat(3_000_000)]), (bytes, all) => seen.push(bytes / all));
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});
