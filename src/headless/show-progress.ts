import type { SweepHandle } from '../workers/sweep.ts';
import type { ProgressForm } from './arguments.ts';
import { jsonLine, tqdmLine } from './progress-line.ts';

const EVERY_MS = { tqdm: 100, json: 500 } as const;

/** Writes progress to standard error until the study ends, and its last state then. */
export function showProgress(handle: SweepHandle, form: ProgressForm): void {
  if (form === 'none') return;
  let width = 0;
  const draw = (): void => {
    if (form === 'json') {
      process.stderr.write(`${jsonLine(handle.progress())}\n`);
      return;
    }
    const line = tqdmLine(handle.progress());
    process.stderr.write(`\r${line.padEnd(width)}`);
    width = line.length;
  };
  const timer = setInterval(draw, EVERY_MS[form]);
  void handle.done.then(() => {
    clearInterval(timer);
    draw();
    if (form === 'tqdm') process.stderr.write('\n');
  });
}
