import type { EngineFactory } from '../schedule/messages.ts';

/** What goes wrong at a trial, in the build for tests alone. */
interface Ordered {
  readonly kind: 'throw' | 'spin' | 'die' | 'vanish';
  readonly positions: readonly number[]; // of the trial; empty: any
}

/**
 * Trials that throw, never end or take their worker along, with an error or in silence, for the build that end-to-end tests use: `vite build --mode faults`.
 * The order is asked of the page's own host, once per worker, so that a replacement gets it too.
 */
export function withFaults(createEngine: EngineFactory): EngineFactory {
  const order = readOrder();
  return (setup) => {
    const made = createEngine(setup);
    // Warm-ups run on memory of their own, studies on shared memory.
    if (!made.ok || order === null || !(setup.bars instanceof SharedArrayBuffer)) return made;
    const engine = made.value;
    const isOrdered = (at: ArrayLike<number>): boolean => order.positions.every((position, a) => at[a] === position);
    return {
      ok: true,
      value: {
        ...engine,
        run(positions, values, out) {
          if (isOrdered(positions)) happen(order.kind);
          return engine.run(positions, values, out);
        },
        prepared(k, positions, values, out) {
          if (isOrdered(positions)) happen(order.kind);
          return engine.prepared(k, positions, values, out);
        },
      },
    };
  };
}

let dying = false;

function happen(kind: Ordered['kind']): void {
  if (kind === 'throw') throw new Error('ordered by the test');
  if (kind === 'spin') for (let turn = 0; ; turn++) if (turn < 0) return;
  if (dying) return;
  dying = true;
  if (kind === 'vanish') return close();
  // An error outside of any call is what a browser reports when a thread breaks.
  setTimeout(() => {
    throw new Error('ordered by the test');
  });
}

function readOrder(): Ordered | null {
  const request = new XMLHttpRequest();
  request.open('GET', './faults.json', false);
  try {
    request.send();
    return request.status === 200 ? (JSON.parse(request.responseText) as Ordered) : null;
  } catch {
    return null;
  }
}
