/** Runs `step` in slices of a few milliseconds between which the page can breathe; `stop` ends it. */
export interface Sliced {
  stop(): void;
}

const SLICE_MS = 4;

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
