/**
 * The rooms of `src/` and what each may import: the one table that the dependency rules, their must-fail cases and the figure in
 * docs/architecture.md are made from.
 *
 * @typedef {object} Room
 * @property {string} name folder below `src/`
 * @property {'pure' | 'edge'} kind pure: compiled without DOM, workers, timers and console
 * @property {readonly string[]} imports rooms that it may import besides itself
 * @property {readonly string[]} packages packages that it may import; `node:` stands for Node's own modules
 * @property {string} holds what it is for
 */

/** @type {readonly Room[]} */
const PURE = [
  {
    name: 'core',
    kind: 'pure',
    imports: [],
    packages: [],
    holds: 'faults, buffer layouts, exact decimals, seeded random, hash, deterministic maths',
  },
  {
    name: 'language',
    kind: 'pure',
    imports: ['core'],
    packages: [],
    holds: 'tokens and expressions, shared by strategy text, constraints and filters',
  },
  {
    name: 'bars',
    kind: 'pure',
    imports: ['core'],
    packages: [],
    holds: 'rows of text to checked columns, the Bars buffer, the bar generator',
  },
  {
    name: 'indicators',
    kind: 'pure',
    imports: ['core'],
    packages: [],
    holds: 'series to series, one file per family; the catalogue with warm-ups',
  },
  {
    name: 'space',
    kind: 'pure',
    imports: ['core', 'language'],
    packages: [],
    holds: 'axes, constraints, counting, trial to values and back; nothing is materialised',
  },
  {
    name: 'metrics',
    kind: 'pure',
    imports: ['core', 'language'],
    packages: [],
    holds: 'the one table of metric columns, the layout of rows, trial states, scoring',
  },
  {
    name: 'strategy',
    kind: 'pure',
    imports: ['core', 'language', 'indicators', 'space'],
    packages: [],
    holds: 'clauses, checker and compiler from text to Plan; the built-in strategies as text',
  },
  {
    name: 'kernel',
    kind: 'pure',
    imports: ['core', 'language', 'bars', 'indicators', 'metrics', 'strategy'],
    packages: [],
    holds: 'plan, bars and values to one row of metrics, without allocating per trial',
  },
  {
    name: 'search',
    kind: 'pure',
    imports: ['core', 'language', 'space', 'metrics'],
    packages: [],
    holds: 'samplers: which trials run, in which order',
  },
  {
    name: 'schedule',
    kind: 'pure',
    imports: ['core', 'bars', 'space', 'metrics', 'strategy', 'search'],
    packages: [],
    holds: 'chunk plan, ledger, pace, control words, message types',
  },
  {
    name: 'results',
    kind: 'pure',
    imports: ['core', 'language', 'space', 'metrics'],
    packages: [],
    holds: 'views over the rows: ranking, surfaces, summaries, export',
  },
  {
    name: 'document',
    kind: 'pure',
    imports: ['core', 'language', 'bars', 'space', 'metrics', 'strategy', 'search'],
    packages: ['valibot'],
    holds: 'the study document: schema, defaults, link text',
  },
];

/** @param {readonly string[]} without */
const pureRooms = (...without) => PURE.map((room) => room.name).filter((name) => !without.includes(name));

/** @type {readonly Room[]} */
export const ROOMS = [
  ...PURE,
  {
    name: 'workers',
    kind: 'edge',
    // The kernel is further limited to `*.worker.ts`, see KERNEL_ENTRIES.
    imports: pureRooms(),
    packages: ['comlink', 'papaparse', 'hyparquet', 'fzstd', 'idb', 'node:'],
    holds: 'thin thread entries, their clients, the pool, the running of a sweep',
  },
  {
    name: 'study',
    kind: 'edge',
    imports: [...pureRooms('kernel'), 'workers'],
    packages: ['svelte', 'comlink'],
    holds: 'what the page does: one reactive class per concern, persistence',
  },
  {
    name: 'ui',
    kind: 'edge',
    imports: [...pureRooms('kernel'), 'study'],
    packages: ['svelte', 'uplot', 'hyparquet-writer', '@codemirror'],
    holds: 'the DOM: panels, surfaces, charts, formats',
  },
  {
    name: 'headless',
    kind: 'edge',
    imports: [...pureRooms('kernel'), 'workers'],
    packages: ['comlink', 'papaparse', 'node:'],
    holds: 'the command line over the same pure rooms and workers',
  },
];

/** The only modules that may name the kernel: whoever else wants a trial evaluated asks a worker. */
export const KERNEL_ENTRIES = '^src/workers/[^/]+[.]worker[.]ts$';

/** What the page's entry, the composition root, may import. */
export const MAIN_IMPORTS = ['ui', 'study', 'core'];

/** Packages that no worker may reach, however indirectly. */
export const PAGE_PACKAGES = ['svelte', 'uplot'];
