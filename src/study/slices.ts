/** Runs `step` in slices of a few milliseconds between which the page can breathe; `stop` ends it. */
export interface Sliced {
  stop(): void;
}

const SLICE_MS = 4;
const COPY_BYTES = 65_536;

/**
 * @param step does a bounded piece of work (well below a millisecond) and tells whether everything is done
 * @param after called after each slice, with whether everything is done
 */
export function runInSlices(step: () => boolean, after: (done: boolean) => void): Sliced {
  let stopped = false;
  const channel = new MessageChannel();
  const slice = (): void => {
    if (stopped) return;
    const until = performance.now() + SLICE_MS;
    let done = step();
    while (!done && performance.now() < until) done = step();
    after(done);
    if (done) channel.port1.close();
    else channel.port2.postMessage(null);
  };
  channel.port1.onmessage = slice;
  slice();
  return {
    stop: () => {
      stopped = true;
      channel.port1.close();
    },
  };
}

/**
 * The bytes of shared memory in memory of the page's own, which is all that a digest takes. Reading 26 MB of it in one go held
 * the page for 180 ms.
 *
 * @param wanted asked between slices; null is returned once it says no
 */
export function copyInSlices(from: ArrayBufferLike, wanted: () => boolean): Promise<Uint8Array<ArrayBuffer> | null> {
  const source = new Uint8Array(from);
  const bytes = new Uint8Array(source.length);
  let at = 0;
  return new Promise((resolve) => {
    const step = (): boolean => {
      if (!wanted()) return true;
      bytes.set(source.subarray(at, at + COPY_BYTES), at);
      at += COPY_BYTES;
      return at >= source.length;
    };
    runInSlices(step, (done) => {
      if (done) resolve(wanted() ? bytes : null);
    });
  });
}
