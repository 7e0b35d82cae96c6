import { spawn } from 'node:child_process';
import { ROOT } from './bundle.js';

/** @typedef {{code: number, output: string, seconds: number}} Ended */

/**
 * Runs a Node program on this terminal until it ends. An interrupt reaches both; this one waits for the other's answer.
 *
 * @param {string[]} args program file and its arguments
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export function runNode(args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env });
    const stay = () => undefined;
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', stay);
    process.on('SIGTERM', forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', stay);
      process.off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs a Node program in the repository's folder and keeps what it prints.
 *
 * @param {string[]} args program file and its arguments
 * @returns {Promise<Ended>}
 */
export function captureNode(args) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(part));
    child.once('error', reject);
    child.once('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ code: code ?? 1, output: Buffer.concat(parts).toString('utf8'), seconds });
    });
  });
}

/**
 * Runs steps two at a time and prints a line for each, with its output where it failed.
 *
 * @param {readonly import('./steps.js').Step[]} steps
 * @returns {Promise<string[]>} the names of those that failed
 */
export async function runSteps(steps) {
  let next = 0;
  /** @type {string[]} */
  const failed = [];
  const lane = async () => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) {
      const { code, output, seconds } = await captureNode(step.args);
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds.toFixed(1)} s)`);
      if (code === 0) continue;
      failed.push(step.name);
      console.log(output.trimEnd());
    }
  };
  await Promise.all([lane(), lane()]);
  return failed;
}
