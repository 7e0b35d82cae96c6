import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Writes the files of a must-fail case. They lie inside the repository, so that packages resolve as they do for sources, and in a
 * folder that no tool looks into by itself.
 *
 * @param name of the case, a folder name
 * @param files path below the case's folder → text
 * @returns the case's folder
 */
export function writeCase(name: string, files: Readonly<Record<string, string>>): string {
  const folder = path.join(ROOT, '.cache/guards', name);
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return folder;
}
