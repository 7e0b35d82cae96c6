import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './bundle.js';

/**
 * The lockfile's own check. npm leaves out optional platform packages that the registry at hand lacks, without a word; `npm ci`
 * then fails, or another platform is left without its binary. And it may write down the address of whatever registry was used.
 *
 * @typedef {{version?: string, resolved?: string, link?: boolean, optionalDependencies?: Record<string, string>,
 *   dependencies?: Record<string, string>}} Entry
 */

/**
 * The entry that `name`, required from `from`, resolves to: the nearest `node_modules` upwards, as Node does it.
 *
 * @param {Readonly<Record<string, Entry>>} packages
 * @param {string} from key of the requiring package
 * @param {string} name
 */
function resolveEntry(packages, from, name) {
  let at = from;
  for (;;) {
    const found = packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (found !== undefined || at === '') return found;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')));
  }
}

/**
 * @param {{packages: Readonly<Record<string, Entry>>}} lock
 * @returns {string[]} what is wrong, one sentence each
 */
export function lockFaults(lock) {
  const faults = [];
  for (const [key, entry] of Object.entries(lock.packages)) {
    if (entry.resolved !== undefined && entry.link !== true) faults.push(`${key} names the address ${entry.resolved}.`);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      if (resolveEntry(lock.packages, key, name) === undefined)
        faults.push(`${key || 'package.json'} needs ${name}, which is missing.`);
    }
  }
  return faults;
}

if (process.argv[1] === import.meta.filename) {
  /** @type {{packages: Record<string, Entry>}} */
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const faults = lockFaults(lock);
  for (const fault of faults) console.log(`package-lock.json: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
