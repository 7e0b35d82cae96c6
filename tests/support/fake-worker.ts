import { expose } from 'comlink';
import type { SweepWorkerApi } from '../../src/schedule/messages.ts';
import type { WorkerLike } from '../../src/workers/worker-port.ts';

/** A Worker without a thread: real Comlink messages over a channel, and events of death at will. */
export class FakeWorker extends EventTarget implements WorkerLike {
  terminated = false;
  readonly #near: MessagePort;
  readonly #far: MessagePort;

  constructor(api: object) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#near = port1;
    this.#far = port2;
    expose(api, port2);
    port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (!this.terminated) this.#near.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.#near.close();
    this.#far.close();
  }

  /** The thread fails: its calls are never answered again. */
  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

/** An api that answers at once and does nothing. */
export function idleApi(overrides: Partial<SweepWorkerApi> = {}): SweepWorkerApi {
  return {
    warm: () => Promise.resolve(1),
    open: () => Promise.resolve({ ok: true, value: null }),
    run: (generation, from, to) => Promise.resolve({ generation, from, to, ms: 1, failures: [] }),
    detail: () => Promise.reject(new Error('no detail here')),
    profile: () => Promise.reject(new Error('no profile here')),
    close: () => Promise.resolve(),
    ...overrides,
  };
}

/** A promise that is never settled: what Comlink gives for a worker that died. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
