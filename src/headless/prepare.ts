import { totalmem } from 'node:os';
import { openBars, type Bars } from '../bars/buffer.ts';
import { frameOffsets } from '../bars/frames.ts';
import type { MakeBuffer } from '../core/buffer.ts';
import { describeFault, failed, fault, ok, type Outcome } from '../core/fault.ts';
import { rowsFor, searchColumns } from '../document/search.ts';
import { resolveStudy, type ResolvedStudy } from '../document/resolve.ts';
import type { StudyDocument } from '../document/document.ts';
import { resolveScoring } from '../metrics/resolve.ts';
import { createRows, rowsBytes, type Rows, type RowsShape } from '../metrics/rows.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import { SEGMENT_ROWS } from '../results/condensed-shape.ts';
import { createCondensed, type Condensed } from '../results/condensed.ts';
import { countSpace } from '../space/count.ts';
import { largestWarmup } from '../strategy/warmup.ts';
import type { Imported } from '../workers/import-messages.ts';
import { loadBars } from './load-bars.ts';

/** Everything that a run needs, checked. */
export interface PreparedStudy extends ResolvedStudy {
  readonly imported: Imported;
  readonly bars: Bars;
  readonly scoring: ResolvedScoring;
  readonly notes: readonly string[];
}

export async function prepareStudy(
  document: StudyDocument,
  barsFile: string | null,
  make: MakeBuffer,
): Promise<Outcome<PreparedStudy>> {
  const resolved = resolveStudy(document);
  if (!resolved.ok) return resolved;
  const loaded = await loadBars(document.data, barsFile, make);
  if (!loaded.ok) return loaded;
  const { imported, notes } = loaded.value;
  const opened = openBars(imported.market.buffer);
  if (!opened.ok) return opened;
  const bars = opened.value;
  const { plan, space } = resolved.value;
  const scoring = resolveScoring(document.scoring, bars, largestWarmup(plan, space.axes, frameOffsets(bars)));
  if (!scoring.ok) return scoring;
  return ok({
    ...resolved.value,
    imported,
    bars,
    scoring: scoring.value,
    notes: [...plan.warnings.map(describeFault), ...notes],
  });
}

const MOST_ROWS = 2 ** 31 - 1;
/** Results may take this share of the machine's memory. */
const MEMORY_SHARE = 0.5;

/** The memory that a run writes into. */
export interface Allocated {
  readonly rows: Rows;
  readonly estimated: boolean;
  readonly total?: number; // trials, where they are more than the rows
  readonly condensed?: Condensed | null; // what is kept of them then
}

const SEGMENTS = 64;

/** A window of rows, and room for the best ones. */
export function allocateBest(
  { document, space, objective }: ResolvedStudy,
  best: number,
  make: MakeBuffer,
): Outcome<Allocated> {
  const { method, before = [] } = document.search;
  if (method !== 'grid' || before.length > 0) {
    const advice = 'Leave --best out, or search the whole grid.';
    return failed(fault('best_of_search', `--best is for a grid, and the study searches with ${method}.`, advice));
  }
  const metrics = searchColumns(document, objective);
  const sizes = space.axes.map(({ size }) => size);
  const shape = { sizes, metrics, objective: metrics.indexOf(objective.column), best, surfaces: [] };
  const { rows: total, estimated } = rowsFor(document, countSpace(space));
  try {
    const rows = createRows({ rowCount: SEGMENTS * SEGMENT_ROWS, axisCount: sizes.length, metrics }, make);
    return ok({ rows, estimated, total, condensed: createCondensed(shape, make) });
  } catch {
    return failed(fault('rows_memory', `There is no memory for the best ${best} trials.`, 'Keep fewer of them.'));
  }
}

/** Rows for every trial of the study; for more than were counted, where the count is an estimate. */
export function allocateRows({ document, space, objective }: ResolvedStudy, make: MakeBuffer): Outcome<Allocated> {
  const count = countSpace(space);
  const { feasible, exact } = count;
  const { rows: rowCount, estimated } = rowsFor(document, count);
  const shape: RowsShape = { rowCount, axisCount: space.axes.length, metrics: searchColumns(document, objective) };
  const about = exact ? '' : 'about ';
  const advice =
    'Narrow a range, make a step larger, search some of them (search.method and search.trials), or keep the best ones with --best.';
  if (rowCount > MOST_ROWS || rowsBytes(shape) > totalmem() * MEMORY_SHARE) {
    return failed(
      fault('too_many_trials', `The study has ${about}${feasible} trials, and their results do not fit in memory.`, advice),
    );
  }
  try {
    return ok({ rows: createRows(shape, make), estimated });
  } catch {
    return failed(fault('rows_memory', `There is no memory for the results of ${about}${feasible} trials.`, advice));
  }
}
