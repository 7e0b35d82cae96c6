import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { generationSize, type MethodName } from '../../../src/search/spec.ts';
import { bestSoFar } from '../../support/search-run.ts';
import { oneStep } from '../../support/search-setup.ts';
import { benchBarriers } from './barriers.ts';
import { benchOverhead } from './overhead.ts';
import { chart } from './chart.ts';
import { continuous, mixed, type TestFunction } from './functions.ts';
import { percentiles, SHARES, type Quartiles } from './percentiles.ts';
import { CASES, tableOf } from './tables.ts';

// `npm run bench:search [-- spaces|functions|barriers|overhead]`: every sampler against the full grid of six fixed spaces, and on functions whose
// least value is known. SEEDS, METHODS and SPACES (words of their names) may be set; SVG names a file for the chart, CACHE a folder
// for the grids' tables.

const env = process.env;
const SEEDS = Number(env['SEEDS'] ?? 30);
const METHODS = (env['METHODS'] ?? 'random,sobol,latin,zoom,genetic,differential,cma,tpe').split(',') as MethodName[];
const SPACES = (env['SPACES'] ?? '').split(',');
const CACHE = env['CACHE'] ?? '.cache/search-tables';
const what = process.argv[2];

if (what === undefined || what === 'spaces') await benchSpaces();
if (what === undefined || what === 'functions') benchFunctions();
if (what === undefined || what === 'barriers') benchBarriers(console.log);
if (what === undefined || what === 'overhead') benchOverhead(console.log);

async function benchSpaces(): Promise<void> {
  const found: { readonly name: string; readonly results: Map<MethodName, Quartiles[]> }[] = [];
  for (const one of CASES.filter(({ name }) => SPACES.some((word) => name.includes(word)))) {
    const table = await tableOf(one, CACHE, availableParallelism());
    console.log(`\n${table.name}: ${table.trials} trials`);
    console.log(`trials in a million that are better than the best found, median [quartiles] of ${SEEDS} seeds`);
    console.log(`${'after'.padEnd(13)}${SHARES.map((share) => `${share * 100} %`.padStart(24)).join('')}`);
    const results = new Map<MethodName, Quartiles[]>();
    for (const method of METHODS) {
      const rows = percentiles(table, method, SEEDS, SHARES.length);
      results.set(method, rows);
      console.log(`${method.padEnd(13)}${rows.map(cell).join('')}`);
    }
    found.push({ name: table.name, results });
  }
  const wins = found.filter(({ results }) => {
    const random = results.get('random');
    const genetic = results.get('genetic');
    return random !== undefined && genetic !== undefined && genetic[2]!.median >= random[3]!.median;
  });
  console.log(`\ngenetic at 1 % is at least as good as random at 5 % on ${wins.length} of ${found.length} spaces`);
  const file = env['SVG'];
  if (file !== undefined) writeFileSync(file, chart(found));
}

function cell({ lower, median, upper }: Quartiles): string {
  const ppm = (x: number): string => ((1 - x) * 1e6).toFixed(0);
  return `${ppm(median)} [${ppm(upper)}–${ppm(lower)}]`.padStart(24);
}

function benchFunctions(): void {
  const functions: TestFunction[] = [
    ...[2, 5, 10, 20].flatMap((axes) => [continuous('sphere', axes), continuous('ellipsoid', axes)]),
    ...[2, 5, 10].map((axes) => continuous('rosenbrock', axes)),
    ...[2, 5, 10].flatMap((axes) => [continuous('rastrigin', axes), continuous('ackley', axes)]),
    ...[4, 8].flatMap((axes) => [mixed('sphere', axes), mixed('rastrigin', axes), mixed('ackley', axes)]),
  ];
  const methods: readonly [MethodName, number][] = [
    ['random', 20_000],
    ['sobol', 20_000],
    ['genetic', 20_000],
    ['differential', 20_000],
    ['cma', 60_000],
    ['tpe', 1000],
  ];
  const seeds = Math.min(SEEDS, 10);
  console.log(`\nmedian of ${seeds} seeds of the least value after so many trials; seeds that came below 1e-8`);
  for (const test of functions) {
    console.log(`\n${test.name}`);
    for (const [method, trials] of methods) {
      const curves = Array.from({ length: seeds }, (_, seed) => {
        const sampler = oneStep(test.space, { method, seed: seed + 1, trials, size: generationSize(method, trials) });
        return bestSoFar(sampler, test.space.axes.length, trials, (positions) => -test.at(positions));
      });
      const marks = [100, 1000, 5000, 20_000, 60_000].filter((mark) => mark <= trials);
      const medians = marks.map((mark) => {
        const values = curves.map((curve) => -curve[Math.min(mark, curve.length) - 1]!).sort((a, b) => a - b);
        return `${mark}: ${values[seeds >> 1]!.toExponential(1)}`.padStart(18);
      });
      const solved = curves.filter((curve) => curve.at(-1)! >= -1e-8).length;
      console.log(`  ${method.padEnd(13)}${medians.join('')}   ${solved} of ${seeds}`);
    }
  }
}
