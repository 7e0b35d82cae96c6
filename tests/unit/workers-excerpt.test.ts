import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readExcerpt } from '../../src/workers/excerpt.ts';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `row ${i + 1}`).join('\n');
const numbers = async (file: Blob, line: number) => (await readExcerpt(file, line)).map((one) => one.line);

test('the first lines and those around the place', async () => {
  expect(await numbers(new Blob([lines(100)]), 0)).toEqual([1, 2, 3, 4, 5]);
  expect(await numbers(new Blob([lines(100)]), 50)).toEqual([1, 2, 3, 4, 5, 48, 49, 50, 51, 52]);
  expect(await numbers(new Blob([lines(6)]), 6)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await readExcerpt(new Blob(['a\r\nb']), 2)).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: 'b' },
  ]);
});

test('what is packed is unpacked, what is no text is not shown', async () => {
  expect(await readExcerpt(new Blob([gzipSync('x,y\n1,2')]), 1)).toEqual([
    { line: 1, text: 'x,y' },
    { line: 2, text: '1,2' },
  ]);
  expect(await readExcerpt(new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1)]), 1)).toEqual([]);
  expect(await readExcerpt(new Blob([gzipSync(lines(100)).subarray(0, 30)]), 1)).toEqual([]);
  expect(await readExcerpt(new Blob([]), 1)).toEqual([]);
});

test('older encodings are read, long lines cut, hidden characters shown as such', async () => {
  const german = Uint8Array.from('Er\u00f6ffnung;1', (char) => char.charCodeAt(0));
  expect((await readExcerpt(new Blob([german]), 1))[0]!.text).toBe('Eröffnung;1');
  expect((await readExcerpt(new Blob(['z'.repeat(3_000_000)]), 1))[0]!.text).toBe(`${'z'.repeat(200)}…`);
  expect((await readExcerpt(new Blob(['a\u202eb\tc']), 1))[0]!.text).toBe('a\ufffdb → c');
});
