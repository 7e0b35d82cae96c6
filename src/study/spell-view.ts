import type { LinkView } from '../document/link.ts';
import { METRICS } from '../metrics/columns.ts';
import { rankDirection } from '../results/direction.ts';
import { AGGREGATES, defaultSpec, isOrdered, withAxis, type SurfaceSpec } from '../results/spec.ts';
import { axisLabel, defaultPosition, type Axis } from '../space/axis.ts';

/**
 * The picture to begin with: the wished axes where there are such; choices stand at their default, so that a cell is one trial.
 * @param metrics of the rows: indices into METRICS
 */
export function wishedSpec(axes: readonly Axis[], metrics: readonly number[], wish: LinkView): SurfaceSpec {
  const column = Math.max(
    0,
    metrics.findIndex((metric) => METRICS[metric]?.key === wish.metric),
  );
  const direction = rankDirection(METRICS[metrics[column] ?? 0]!.direction);
  let spec = defaultSpec(axes, column, direction);
  for (const side of ['x', 'y'] as const) {
    const axis = axes.findIndex(({ name, size }) => name === wish[side] && size > 1);
    if (axis >= 0 && spec[side] !== null) spec = withAxis(spec, side, axis);
  }
  const { x, y } = spec;
  const fixed = axes.map((axis, a) => (a === x || a === y ? null : heldPosition(axis, wish.at?.[axis.name])));
  return { ...spec, fixed, aggregate: AGGREGATES.find((name) => name === wish.fold) ?? 'best' };
}

/** Where an axis that is not shown stands; null: all its values are folded. */
function heldPosition(axis: Axis, label: string | undefined): number | null {
  if (axis.size === 1) return 0;
  if (label === '') return null;
  if (label !== undefined)
    for (let at = 0; at < Math.min(axis.size, MOST_LABELS); at++) if (axisLabel(axis, at) === label) return at;
  return isOrdered(axis) ? null : defaultPosition(axis);
}

/** What is looked at, as a link says it. */
export function spellView(axes: readonly Axis[], metric: string, spec: SurfaceSpec, filter = ''): LinkView {
  const name = (axis: number | null): string | undefined => (axis === null ? undefined : axes[axis]?.name);
  const x = name(spec.x);
  const y = name(spec.y);
  const at = Object.fromEntries(
    axes.flatMap((axis, a) => {
      const position = spec.fixed[a] ?? null;
      if (a === spec.x || a === spec.y || axis.size === 1 || position === heldPosition(axis, undefined)) return [];
      return [[axis.name, position === null ? '' : axisLabel(axis, position)]];
    }),
  );
  return {
    metric,
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(spec.aggregate === 'best' ? {} : { fold: spec.aggregate }),
    ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
    ...(Object.keys(at).length === 0 ? {} : { at }),
  };
}

const MOST_LABELS = 100_000;
