import { spawn } from 'node:child_process';
import path from 'node:path';
import { bundlePrograms } from '../../scripts/bundle.js';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Bundles the command line into a folder of its own, so that tests do not depend on what was built before. */
export async function bundleCommandLine(name: string, program: 'cli' | 'series' = 'cli'): Promise<string> {
  return path.join(await bundlePrograms(name), `${program}.js`);
}

/** Runs a bundled command line to its end. @param onError called with each piece of standard error */
export function runCommand(
  cli: string,
  words: readonly string[],
  onError: (text: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      onError(text, (signal) => child.kill(signal));
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
