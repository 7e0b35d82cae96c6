import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `[words] [--json FILE]` of a benchmark command; the file is emptied.
 *
 * @returns {{ words: string[], json: string | null }} `json` is the file's absolute path
 */
export function benchArguments() {
  const words = process.argv.slice(2);
  const at = words.indexOf('--json');
  if (at < 0) return { words, json: null };
  const [, file] = words.splice(at, 2);
  if (file === undefined) throw new Error('--json needs the name of a file.');
  const json = path.resolve(file);
  writeFileSync(json, '');
  return { words, json };
}
