import { BLOCK_COLUMN } from '../metrics/blocks.ts';
import { metricIndex } from '../metrics/columns.ts';
import type { Course } from './course.ts';
import { createExtras, type Extras } from './extras.ts';

const CAGR = metricIndex('cagr');
const CALMAR = metricIndex('calmar');

/** What a row must hold, and so what is computed: no more. */
export interface Wanted {
  readonly columns: Int32Array; // indices into METRICS
  readonly growth: boolean; // CAGR or what is made from it
  readonly extras: Extras | null; // metrics beyond sums; null where there is none
}

export function createWanted(course: Course, columns: readonly number[]): Wanted {
  const metrics = columns.filter((column) => column !== BLOCK_COLUMN);
  return {
    columns: Int32Array.from(metrics),
    growth: columns.includes(CAGR) || columns.includes(CALMAR),
    extras: createExtras(course, metrics),
  };
}
