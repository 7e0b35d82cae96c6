import { createEngine } from '../../src/kernel/engine.ts';
import { reportTrial } from '../../src/kernel/report.ts';
import { METRICS, SUM_COLUMNS } from '../../src/metrics/columns.ts';
import type { TrialReport } from '../../src/metrics/report.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { executionOf, rowOf, valueOf, type Row } from '../support/kernel.ts';
import { pricesOf, type ResultFile } from './files.ts';
import { RENAMED, TRANSLATIONS } from './strategies.ts';

type Params = Readonly<Record<string, number>>;

/** Plays a file's strategy in its semantics: by the sweep's path, and by the plain one. */
export interface Player {
  row(params: Params): Row;
  report(params: Params): TrialReport;
}

/** A fill at the close happens there on the next bar, which the last one does not have. */
function dropsLastOrders({ execution, engine }: ResultFile): boolean {
  return execution === 'close' && !engine.startsWith('vectorbt');
}

/** Every rule holds on earlier bars only. */
function withoutLastBar(text: string, bars: number): string {
  return text.replace(/^((?:enter|exit) .* when )(.*)$/gm, `$1($2) and barindex < ${bars - 1}`);
}

export function createPlayer(file: ResultFile, commission: number): Player {
  const { text, onOpposite } = TRANSLATIONS[file.strategy]!;
  const plan = valueOf(compileStrategy(dropsLastOrders(file) ? withoutLastBar(text, file.bars) : text));
  const bars = pricesOf(file.dataFile, file.bars);
  const fixed = /^fixed ([\d.]+) units$/.exec(file.sizing ?? '');
  const execution = executionOf({
    capital: file.initialCash,
    fill: file.execution === 'close' ? 'close' : 'nextOpen',
    onOpposite,
    atEnd: 'mark',
    commission: { relative: commission },
    // a fixed number of units is bought there whatever it costs
    ...(fixed === null ? {} : { sizing: { kind: 'units', units: Number(fixed[1]) }, leverage: 1000 }),
  });
  const scoring = { startBar: 0, returns: 'bar', periodsPerYear: file.barsPerYear } as const;
  const engine = valueOf(
    createEngine({
      plan,
      axisSizes: plan.space.axes.map((axis) => axis.size),
      bars: bars.buffer,
      execution,
      scoring,
      cacheBytes: 1 << 25,
      columns: SUM_COLUMNS,
    }),
  );
  const valuesOf = (params: Params): number[] => {
    const renamed = Object.fromEntries(Object.entries(params).map(([name, value]) => [RENAMED[name] ?? name, value]));
    return plan.space.axes.map((axis) => renamed[axis.name]!);
  };
  // values of each axis in the order in which they appear: positions, as far as memoisation is concerned
  const seen = plan.space.axes.map(() => new Map<number, number>());
  const positionsOf = (values: readonly number[]): number[] =>
    values.map((value, k) => {
      const axis = seen[k]!;
      if (!axis.has(value)) axis.set(value, axis.size);
      return axis.get(value)!;
    });
  const out = new Float64Array(METRICS.length);
  return {
    row(params) {
      const values = valuesOf(params);
      const state = engine.run(positionsOf(values), values, out);
      return rowOf({ state, row: out });
    },
    report: (params) =>
      reportTrial({ plan, bars, execution, scoring, objective: null, reruns: false }, valuesOf(params)).report,
  };
}
