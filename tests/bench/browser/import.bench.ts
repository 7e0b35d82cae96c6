import { generateBars } from '../../../src/bars/generate.ts';

// A price file dropped on the page itself: time until its bars are ready, the page's longest task meanwhile, and the memory of
// its process. The file lies on disk, as a person's does.

declare global {
  interface Window {
    /** Of this page's process, bytes; null where the machine does not tell. Given by scripts/bench-browser.js. */
    rendererMemory(reset: boolean): Promise<{ readonly now: number; readonly peak: number } | null>;
  }
}

const SIZES = [100_000, 1_000_000] as const;
const ROUNDS = 3;

export async function run(print: (line: string) => void): Promise<void> {
  print(`${navigator.userAgent}, ${navigator.hardwareConcurrency} cores`);
  const app = document.createElement('div');
  app.id = 'app';
  document.body.append(app);
  await import('../../../src/main.ts');
  await until(() => document.querySelector('[data-phase="empty"]') !== null);
  for (const rows of SIZES) {
    for (let round = 0; round < ROUNDS; round++) print(await measure(rows, round));
  }
}

async function measure(rows: number, round: number): Promise<string> {
  const file = await fileOf(rows, `bench-${rows}-${round}.csv`);
  await new Promise((resolve) => setTimeout(resolve, 1000)); // what was collected before is not counted
  const before = await window.rendererMemory(true);
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const started = performance.now();
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
  const name = (): string => document.querySelector('.rail .title')?.textContent ?? '';
  await until(() => name() === file.name);
  const ms = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 1000)); // what the page draws of them, and keeps
  observer.disconnect();
  const after = await window.rendererMemory(false);
  const size = `${rows} rows, ${(file.size / 1e6).toFixed(1)} MB`;
  const longest = tasks.length === 0 ? 'no task of the page over 50 ms' : `longest task of the page ${Math.max(...tasks)} ms`;
  const memory =
    before === null || after === null
      ? ''
      : `, memory at most +${((after.peak - before.now) / 1e6).toFixed(0)} MB, ${((after.peak - before.now) / file.size).toFixed(1)} times the file`;
  return `${size}: ready after ${ms.toFixed(0)} ms, ${longest}${memory}`;
}

/** Minute bars with prices of eleven digits, as crypto exchanges write them: 59 bytes a row. */
async function fileOf(rows: number, name: string): Promise<File> {
  const { time, open, high, low, close, volume } = generateBars({ kind: 'crypto', seed: 5, bars: rows });
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  const out = await handle.createWritable();
  await out.write('time,open,high,low,close,volume\n');
  for (let from = 0; from < rows; from += 10_000) {
    let part = '';
    for (let i = from; i < Math.min(rows, from + 10_000); i++) {
      const prices = [open[i]!, high[i]!, low[i]!, close[i]!].map((price) => price.toFixed(4)).join(',');
      part += `${time[i]!},${prices},${volume[i]!.toFixed(2)}\n`;
    }
    await out.write(part);
  }
  await out.close();
  return new File([await handle.getFile()], name);
}

/** Resolves with the first change of the page after which something holds. */
function until(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(check);
    function check(): void {
      if (!holds()) return;
      observer.disconnect();
      resolve();
    }
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    check();
  });
}
