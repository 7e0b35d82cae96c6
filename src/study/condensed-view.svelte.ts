import { condensedSpec, condensedSurface } from '../results/condensed-surface.ts';
import type { Condensed } from '../results/condensed.ts';
import { createDistribution, type Distribution } from '../results/distribution.ts';
import type { SurfaceSpec } from '../results/spec.ts';
import { closeSurface, type Surface } from '../results/surface.ts';
import type { Rows } from '../metrics/rows.ts';
import { untrack } from 'svelte';

/** Results that do not fit, as they are looked at: read again whenever more was committed. */
export class CondensedView {
  #held = $state.raw<Condensed | null>(null);
  #version = $state(0);
  #closed = false; // every trial of the space has run

  /** Null where every row is kept. */
  get held(): Condensed | null {
    return this.#held;
  }
  get version(): number {
    return this.#version;
  }

  begin(condensed: Condensed | null): void {
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
    const surface = this.#held === null ? null : condensedSurface(this.#held, condensedSpec(spec, sizes));
    if (surface !== null && this.#closed) closeSurface(surface);
    return surface;
  }
}

/** Where the values of a surface's cells lie. */
export function cellDistribution({ values, reasons }: Surface): Distribution {
  const cells: Pick<Rows, 'rowCount' | 'states' | 'columns'> = {
    rowCount: values.length,
    states: Int32Array.from(reasons),
    columns: [values],
  };
  const made = createDistribution(cells, 0);
  made.update(0, values.length);
  return made;
}

/** Where each metric's values lie; filled while the study runs, made when first asked for. */
export class Distributions {
  #made = new Map<number, Distribution>();

  clear(): void {
    this.#made = new Map();
  }

  update(from: number, to: number): void {
    for (const one of this.#made.values()) one.update(from, to);
  }

  of(rows: Rows, column: number, count: number): Distribution {
    let made = this.#made.get(column);
    if (made === undefined) {
      made = createDistribution(rows, column);
      made.update(0, count);
      this.#made.set(column, made);
    }
    return made;
  }
}
