import { createContext } from 'svelte';

const KEY = 'barsweep.layout';

/** Shares of the results' area and widths that a person chose; kept on this machine. */
interface Kept {
  readonly side: number; // CSS px, width of the right column
  readonly split: number; // share of the height that the surface takes
}

const DEFAULTS: Kept = { side: 400, split: 0.565 };
export const SIDE_LIMITS = { low: 300, high: 640 } as const;
export const SPLIT_LIMITS = { low: 0.3, high: 0.8 } as const;

/** How the results' area is divided. */
export class Layout {
  #kept = $state.raw<Kept>(read());

  get side(): number {
    return this.#kept.side;
  }
  get split(): number {
    return this.#kept.split;
  }

  setSide(px: number): void {
    this.#keep({ ...this.#kept, side: clamp(Math.round(px), SIDE_LIMITS) });
  }

  setSplit(share: number): void {
    this.#keep({ ...this.#kept, split: clamp(share, SPLIT_LIMITS) });
  }

  reset(): void {
    this.#keep(DEFAULTS);
  }

  get changed(): boolean {
    return this.side !== DEFAULTS.side || this.split !== DEFAULTS.split;
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // Storage may be refused; the layout then holds until the page is closed.
    }
  }
}

function clamp(value: number, { low, high }: { low: number; high: number }): number {
  return Math.min(high, Math.max(low, value));
}

function read(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Kept, unknown>> | null;
    const number = (value: unknown, limits: { low: number; high: number }, usual: number): number =>
      typeof value === 'number' && Number.isFinite(value) ? clamp(value, limits) : usual;
    return {
      side: number(kept?.side, SIDE_LIMITS, DEFAULTS.side),
      split: number(kept?.split, SPLIT_LIMITS, DEFAULTS.split),
    };
  } catch {
    return DEFAULTS;
  }
}

export const [useLayout, provideLayout] = createContext<Layout>();
