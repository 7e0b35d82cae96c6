import { describe, expect, test } from 'vitest';
import { uniform } from '../../src/core/random.ts';
import { createCostModel } from '../../src/schedule/cost.ts';
import { createDealer } from '../../src/schedule/dealer.ts';
import { createLedger, type Lease } from '../../src/schedule/ledger.ts';
import { createPace } from '../../src/schedule/pace.ts';

interface Shape {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly ordered: readonly boolean[];
  /** Milliseconds of a trial. @param x share of the way along each axis @param at positions */
  readonly cost: (x: readonly number[], at: readonly number[]) => number;
}

const ORDERED = [true, true, true];

const SHAPES: readonly Shape[] = [
  { name: 'equal costs', sizes: [30, 40, 20], ordered: ORDERED, cost: () => 1 },
  { name: '20-fold along the slowest axis', sizes: [50, 30, 16], ordered: ORDERED, cost: ([x = 0]) => 0.2 + 3.8 * x },
  { name: '20-fold along the slowest axis, falling', sizes: [50, 30, 16], ordered: ORDERED, cost: ([x = 0]) => 4 - 3.8 * x },
  { name: '20-fold along the fastest axis', sizes: [20, 30, 40], ordered: ORDERED, cost: ([, , x = 0]) => 0.2 + 3.8 * x },
  {
    name: 'a choice in front, the last one 20 times as costly',
    sizes: [3, 80, 100],
    ordered: [false, true, true],
    cost: (_, [choice = 0]) => [0.2, 0.5, 4][choice] ?? 0,
  },
  {
    name: 'products of axes',
    sizes: [40, 25, 24],
    ordered: ORDERED,
    cost: ([x = 0, y = 0, z = 0]) => 0.2 * (1 + 1.7 * x) * (1 + 1.7 * y) * (1 + 1.75 * z),
  },
  {
    name: 'sums of axes with a step',
    sizes: [40, 25, 24],
    ordered: ORDERED,
    cost: ([x = 0, y = 0]) => 0.2 + 1.9 * x + (y > 0.6 ? 1.9 : 0),
  },
  {
    name: 'costs without any order, 1 to 20',
    sizes: [30, 30, 30],
    ordered: ORDERED,
    cost: (_, at) => 0.2 + 3.8 * uniform(5, (at[0]! * 30 + at[1]!) * 30 + at[2]!, 3) ** 2,
  },
];

interface Grid {
  readonly positions: readonly Uint32Array[];
  readonly costs: Float64Array;
}

function gridOf({ sizes, cost }: Shape): Grid {
  const rows = sizes.reduce((product, size) => product * size, 1);
  const positions = sizes.map(() => new Uint32Array(rows));
  const costs = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let rest = row;
    const at = sizes.map(() => 0);
    for (let a = sizes.length - 1; a >= 0; a--) {
      at[a] = rest % sizes[a]!;
      rest = Math.floor(rest / sizes[a]!);
      positions[a]![row] = at[a]!;
    }
    const x = at.map((position, a) => position / (sizes[a]! - 1));
    costs[row] = cost(x, at);
  }
  return { positions, costs };
}

interface Running {
  readonly slot: number;
  readonly lease: Lease;
  readonly from: number;
  readonly until: number;
}

/**
 * A sweep without threads: workers take ranges as in a real one, and each range takes the sum of its trials' costs.
 * @param coldMs what the first range of each worker takes on top, for compiling
 * @param rangeMs what every range takes on top, for a message and for memory that no trial touched lately
 * @returns the largest relative error of the time left, of all moments after 20 % of the time and before 95 %
 */
function worstError(shape: Shape, workers: number, byCount = false, coldMs = 0, rangeMs = 0.05): number {
  const { positions, costs } = gridOf(shape);
  const rows = costs.length;
  const model = createCostModel(
    positions,
    shape.sizes.map((size, a) => ({ size, ordered: shape.ordered[a]! })),
  );
  const ledger = createLedger();
  const pace = createPace({ workers });
  const dealer = createDealer(ledger, pace, !byCount);
  ledger.allow(rows);
  const said: { readonly now: number; readonly left: number }[] = [];
  let running: Running[] = [];
  let now = 0;

  function begin(slot: number): void {
    const lease = dealer.deal(slot, slot, 0, rows, rows);
    if (lease === null) return;
    let ms = rangeMs + (now === 0 ? coldMs : 0);
    for (let row = lease.from; row < lease.to; row++) ms += costs[row]!;
    running.push({ slot, lease, from: now, until: now + ms });
  }

  function left(): number {
    if (byCount) return ((rows - ledger.doneRows) * now) / ledger.doneRows;
    const begun = running.reduce((sum, { from }) => sum + now - from, 0);
    return Math.max(0, (model.left(rows, rows, ledger.finished(), now) ?? 0) - begun) / workers;
  }

  for (let slot = 0; slot < workers; slot++) begin(slot);
  while (running.length > 0) {
    const next = running.reduce((a, b) => (b.until < a.until ? b : a));
    running = running.filter((one) => one !== next);
    now = next.until;
    const { lease, from, slot } = next;
    ledger.finish(lease, lease.to);
    pace.took(slot, lease.to - lease.from, now - from);
    dealer.took(lease, lease.to - lease.from, now - from);
    model.took(lease.from, lease.to - lease.from, now - from, lease.probe);
    begin(slot);
    said.push({ now, left: left() });
  }
  const judged = said.filter((one) => one.now >= 0.2 * now && one.now <= 0.95 * now);
  return judged.reduce((worst, one) => Math.max(worst, Math.abs(one.now + one.left - now) / (now - one.now + 0.05 * now)), 0);
}

describe('the time left is within a tenth of the truth from 20 % on', () => {
  for (const shape of SHAPES) {
    test(shape.name, () => {
      const errors = [1, 2, 7].map((workers) => worstError(shape, workers));
      console.log(`${shape.name}: ${errors.map((error) => `${(100 * error).toFixed(1)} %`).join(', ')}`);
      expect(Math.max(...errors)).toBeLessThan(0.1);
    });
  }

  test('first ranges that compile the code count for nothing', () => {
    for (const workers of [1, 2, 7]) expect(worstError(SHAPES[2]!, workers, false, 60)).toBeLessThan(0.1);
  });

  test('probes are long enough for what a range costs before its trials do', () => {
    for (const workers of [1, 2, 7]) expect(worstError(SHAPES[2]!, workers, false, 0, 0.3)).toBeLessThan(0.1);
  });

  test('the must-fail twin: by count it is wrong where the slowest axis decides the cost', () => {
    expect(worstError(SHAPES[1]!, 2, true)).toBeGreaterThan(0.3);
  });
});
