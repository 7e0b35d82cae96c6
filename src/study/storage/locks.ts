/** One page owns a study while it runs. A held lock also keeps the browser from freezing a hidden page. */
export interface Held {
  release(): void;
}

const PREFIX = 'barsweep study ';

/** Null where another tab has it, or the browser has no locks. */
export function holdStudy(id: string): Promise<Held | null> {
  if (!('locks' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.locks
      .request(PREFIX + id, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve({ release }));
      })
      .catch(() => resolve(null));
  });
}

/** Studies that some tab runs now. */
export async function studiesHeld(): Promise<ReadonlySet<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}
