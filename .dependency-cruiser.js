import { KERNEL_ENTRIES, MAIN_IMPORTS, PAGE_PACKAGES, ROOMS } from './scripts/rooms.js';

/** @param {readonly string[]} names */
const oneOf = (names) => `(?:${names.join('|')})`;

/**
 * @param {import('./scripts/rooms.js').Room} room
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function importsOf(room) {
  const allowed = [room.name, ...room.imports];
  return {
    name: `imports-of-${room.name}`,
    comment: `src/${room.name}/ may import these rooms only: ${allowed.join(', ')}.`,
    severity: 'error',
    from: { path: `^src/${room.name}/` },
    to: { path: '^src/', pathNot: `^src/${oneOf(allowed)}/` },
  };
}

/**
 * @param {import('./scripts/rooms.js').Room} room
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function packagesOf(room) {
  const builtIn = room.packages.includes('node:');
  const allowed = room.packages.filter((name) => name !== 'node:');
  return {
    name: `packages-of-${room.name}`,
    comment: `src/${room.name}/ may import these packages only: ${room.packages.join(', ') || 'none'}.`,
    severity: 'error',
    from: { path: `^src/${room.name}/` },
    to: {
      ...(builtIn ? { dependencyTypesNot: ['core'] } : {}),
      // What starts with a dot is a file that is missing: rule `resolvable`.
      pathNot: ['^src/', '^[.](?!.*node_modules)', ...allowed.map((name) => `(?:^|/)node_modules/${name}/`)],
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ROOMS.flatMap((room) => [importsOf(room), packagesOf(room)]),
    {
      name: 'kernel-in-workers-only',
      comment: 'Only worker entries name the kernel; whoever else wants a trial evaluated asks a worker.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/kernel/', KERNEL_ENTRIES] },
      to: { path: '^src/kernel/' },
    },
    {
      name: 'worker-without-page',
      comment: 'Whatever a worker reaches must not pull in the page.',
      severity: 'error',
      from: { path: '[.]worker[.]ts$' },
      to: { path: `node_modules/${oneOf(PAGE_PACKAGES)}/|^src/(?:ui|study)/|[.]svelte$`, reachable: true },
    },
    {
      name: 'imports-of-main',
      comment: 'The entry of the page composes; it computes nothing.',
      severity: 'error',
      from: { path: '^src/main[.]ts$' },
      to: { path: '^src/', pathNot: `^src/${oneOf(MAIN_IMPORTS)}/` },
    },
    {
      name: 'sources-without-tests',
      comment: 'Sources import neither tests nor scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:tests|scripts)/' },
    },
    {
      name: 'room-in-the-table',
      comment: 'Every folder of src/ is a room of scripts/rooms.js.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(?:main[.]ts$|${oneOf(ROOMS.map((room) => room.name))}/)` },
      to: {},
    },
    {
      name: 'no-cycle',
      comment: 'Modules form no cycle.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A module that nothing imports and that imports nothing is left over.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '[.]d[.]ts$' },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['browser', 'import', 'types', 'default'],
    },
  },
};
