import { createDistribution, type Distribution } from '../results/distribution.ts';
import type { Surface } from '../results/surface.ts';
import type { Rows } from '../metrics/rows.ts';

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
