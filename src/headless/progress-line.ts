import type { Progress } from '../workers/sweep.ts';

const BAR_WIDTH = 10;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** `45%|████▌     | 450/1000 [00:12<00:15, 37.5 trial/s]`, the form that readers of tqdm's output parse. */
export function tqdmLine({ done, total, fraction, overallPerSecond, elapsedMs, etaMs }: Progress): string {
  const left = etaMs === null ? '?' : clock(etaMs / 1000);
  const rate = overallPerSecond > 0 ? rateText(overallPerSecond) : '?';
  return `${Math.floor(fraction * 100)}%|${bar(fraction)}| ${done}/${total} [${clock(elapsedMs / 1000)}<${left}, ${rate} trial/s]`;
}

/** One JSON object per line, every value a plain number or null. */
export function jsonLine(progress: Progress): string {
  const { done, total, fraction, trialsPerSecond, overallPerSecond, barTrialsPerSecond, elapsedMs, etaMs } = progress;
  const busy = progress.workers.map((worker) => Number(worker.busy.toFixed(3)));
  return JSON.stringify({
    done,
    total,
    fraction,
    trialsPerSecond,
    overallPerSecond,
    barTrialsPerSecond,
    elapsedMs,
    etaMs,
    busy,
  });
}

function bar(fraction: number): string {
  const eighths = Math.floor(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  return (full + (EIGHTHS[eighths % 8] ?? '')).padEnd(BAR_WIDTH);
}

/** `MM:SS`, or `H:MM:SS` from an hour on. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const tail = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole < 3600 ? tail : `${Math.floor(whole / 3600)}:${tail}`;
}

function rateText(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(perSecond < 10 ? 2 : 1) : perSecond.toFixed(0);
}
