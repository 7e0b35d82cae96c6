import { ok, type Outcome } from '../core/fault.ts';
import { computedColumns } from '../metrics/objective.ts';
import { METRICS } from '../metrics/columns.ts';
import type { EngineFactory, RowSource, StudySetup, TrialEngine } from '../schedule/messages.ts';
import { PHASES, type NodeCost, type Phase, type StudyProfile } from '../schedule/profile.ts';
import { nodeText } from '../strategy/node-text.ts';
import type { Plan, PlanNode } from '../strategy/plan.ts';

/** The first rounds run in code that is not compiled yet; the last one counts. */
const ROUNDS = 3;
/** Pairs of a block that are timed together: so many values of either axis. */
const BLOCK = 64;
const LONGEST = 20; // nodes that are told

/** Times a sample of trials on an engine of its own, one market. @param valueOf of an axis at a position */
export function profileTrials(
  setup: StudySetup,
  createEngine: EngineFactory,
  valueOf: RowSource['valueOf'],
  trials: readonly (readonly number[])[],
): Outcome<StudyProfile> {
  const { plan, axes, execution, objective, cacheBytes } = setup;
  const axisSizes = axes.map(({ size }) => size);
  const out = new Float64Array(METRICS.length);
  const values = new Float64Array(axes.length);
  const trial = new Uint32Array(axes.length);
  let profile: StudyProfile | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const made = createEngine({
      plan,
      axisSizes,
      bars: setup.markets[0]!,
      execution,
      scoring: setup.scoring[0]!,
      cacheBytes,
      columns: computedColumns(setup.metrics, objective),
      ...(objective === undefined ? {} : { objective }),
      clock: () => performance.now(),
    });
    if (!made.ok) return made;
    const engine = made.value;
    const from = performance.now();
    for (const positions of trials) {
      trial.set(positions);
      for (let a = 0; a < axes.length; a++) values[a] = valueOf(a, positions[a]!);
      engine.run(trial, values, out);
    }
    const ms = performance.now() - from;
    profile = {
      path: engine.path,
      trials: trials.length,
      ms,
      phases: sumPhases(plan, engine, ms),
      nodes: nodeCosts(plan, engine, axisSizes),
      together: timeTogether(engine, axisSizes, valueOf),
    };
  }
  return ok(profile!);
}

function sumPhases(plan: Plan, { times }: TrialEngine, ms: number): StudyProfile['phases'] {
  const phases = Object.fromEntries(PHASES.map((phase) => [phase, 0])) as Record<Phase, number>;
  const places: readonly Phase[] = [...plan.nodes.map(phaseOf), 'stops', 'evaluation', 'metrics'];
  let sum = 0;
  places.forEach((phase, place) => {
    const took = times?.ms[place] ?? 0;
    phases[phase] += took;
    sum += took;
  });
  phases.rest = Math.max(0, ms - sum);
  return phases;
}

function phaseOf(node: PlanNode): Phase {
  return node.op === 'cross' ? 'edges' : node.type === 'condition' ? 'conditions' : 'series';
}

function nodeCosts(plan: Plan, { times }: TrialEngine, axisSizes: readonly number[]): NodeCost[] {
  if (times === null) return [];
  return plan.nodes
    .map((node, id) => ({
      text: '',
      id,
      phase: phaseOf(node),
      axes: node.deps.map((axis) => plan.space.axes[axis]?.name ?? ''),
      computations: times.entered[id]!,
      ms: times.ms[id]!,
      distinct: node.deps.reduce((product, axis) => product * axisSizes[axis]!, 1),
    }))
    .filter(({ computations, ms }) => computations > 0 && ms > 0)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, LONGEST)
    .map(({ id, ...cost }) => ({ ...cost, text: nodeText(plan, id) }));
}

/** Times a block of pairs, the other axes at their first values. */
function timeTogether(
  engine: TrialEngine,
  axisSizes: readonly number[],
  valueOf: RowSource['valueOf'],
): StudyProfile['together'] {
  if (engine.pairAxes === null) return null;
  const [left, right] = engine.pairAxes;
  const [rows, columns] = [Math.min(BLOCK, axisSizes[left]!), Math.min(BLOCK, axisSizes[right]!)];
  const count = rows * columns;
  const positions = axisSizes.map((_, axis) =>
    Uint32Array.from({ length: count }, (__, k) =>
      axis === left ? Math.floor(k / columns) : axis === right ? k % columns : 0,
    ),
  );
  const source: RowSource = { positions, valueOf };
  const out = new Float64Array(METRICS.length);
  const trial = new Uint32Array(axisSizes.length);
  const values = new Float64Array(axisSizes.length);
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    const together = engine.prepare(source, 0, count, () => false);
    if (together < count) return null; // prices that are no whole ticks, or too few pairs
    for (let k = 0; k < count; k++) {
      for (let axis = 0; axis < axisSizes.length; axis++) {
        trial[axis] = positions[axis]![k]!;
        values[axis] = valueOf(axis, trial[axis]!);
      }
      engine.prepared(k, trial, values, out);
    }
    least = Math.min(least, performance.now() - from);
  }
  return { trials: count, ms: least };
}
