import type { Condensed } from '../results/condensed.ts';
import type { SurfaceSpec } from '../results/spec.ts';
import type { Surface } from '../results/surface.ts';
import type { Readings } from './run-parts.ts';
import { untrack } from 'svelte';

/** Results that do not fit, as they are looked at: read again whenever more was committed. */
export class CondensedView {
  #held = $state.raw<Condensed | null>(null);
  #version = $state(0);
  #readings!: Readings; // there from the first run on
  #closed = false; // every trial of the space has run

  /** Null where every row is kept. */
  get held(): Condensed | null {
    return this.#held;
  }
  get version(): number {
    return this.#version;
  }

  begin(condensed: Condensed | null, readings: Readings): void {
    this.#readings = readings;
    this.#held = condensed;
    this.#closed = false;
  }

  /** More was committed. @returns how many best trials there are */
  more(closed = false): number {
    this.#closed = closed;
    this.#version++;
    return untrack(() => this.#held?.count ?? 0);
  }

  /** Null where every row is kept, or no surface is. */
  surface(spec: SurfaceSpec, sizes: readonly number[]): Surface | null {
    void this.#version;
    if (this.#held === null) return null;
    const { closeSurface, condensedSpec, condensedSurface } = this.#readings;
    const surface = condensedSurface(this.#held, condensedSpec(spec, sizes));
    if (surface !== null && this.#closed) closeSurface(surface);
    return surface;
  }
}
