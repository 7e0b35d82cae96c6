import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cruise, type IFlattenedRuleSet } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import config from '../../.dependency-cruiser.js';
import { ROOMS } from '../../scripts/rooms.js';
import { roomsTable } from '../../scripts/rooms-table.js';
import { ROOT, writeCase } from '../support/guard-files.ts';

interface Case {
  readonly what: string;
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

const MODULE = 'export const value = 1;\n';

const MUST_FAIL: readonly Case[] = [
  {
    what: 'a room imports one that the table does not list',
    rule: 'imports-of-core',
    files: { 'src/core/a.ts': "export { value } from '../space/b.ts';\n", 'src/space/b.ts': MODULE },
  },
  {
    what: 'a type counts as an import',
    rule: 'imports-of-bars',
    files: {
      'src/bars/a.ts': "import type { Value } from '../space/b.ts';\nexport type Other = Value;\n",
      'src/space/b.ts': 'export type Value = 1;\n',
    },
  },
  {
    what: 'a component is read too',
    rule: 'imports-of-ui',
    files: {
      'src/ui/A.svelte': '<script lang="ts">\n  import { value } from \'../headless/b.ts\';\n</script>\n\n{value}\n',
      'src/headless/b.ts': MODULE,
    },
  },
  {
    what: 'a pure room imports a package',
    rule: 'packages-of-core',
    files: { 'src/core/a.ts': "export { parse } from 'valibot';\n" },
  },
  {
    what: 'a pure room imports a module of Node',
    rule: 'packages-of-metrics',
    files: { 'src/metrics/a.ts': "export { readFileSync } from 'node:fs';\n" },
  },
  {
    what: 'a package that one room may import, in another',
    rule: 'packages-of-study',
    files: { 'src/study/a.ts': "export { default as Plot } from 'uplot';\n" },
  },
  {
    what: 'the page names the kernel',
    rule: 'kernel-in-workers-only',
    files: { 'src/ui/a.ts': "export { value } from '../kernel/b.ts';\n", 'src/kernel/b.ts': MODULE },
  },
  {
    what: 'a module of workers/ that is no thread entry names the kernel',
    rule: 'kernel-in-workers-only',
    files: { 'src/workers/pool.ts': "export { value } from '../kernel/b.ts';\n", 'src/kernel/b.ts': MODULE },
  },
  {
    what: 'a worker reaches Svelte through another module',
    rule: 'worker-without-page',
    files: {
      'src/workers/a.worker.ts': "export { helper } from './b.ts';\n",
      'src/workers/b.ts': "import { tick } from 'svelte';\nexport const helper = tick;\n",
    },
  },
  {
    what: 'a worker reaches a component through another module',
    rule: 'worker-without-page',
    files: {
      'src/workers/a.worker.ts': "export { helper } from './b.ts';\n",
      'src/workers/b.ts': "import A from './A.svelte';\nexport const helper = A;\n",
      'src/workers/A.svelte': '<p>a</p>\n',
    },
  },
  {
    what: 'the entry of the page computes',
    rule: 'imports-of-main',
    files: { 'src/main.ts': "export { value } from './bars/b.ts';\n", 'src/bars/b.ts': MODULE },
  },
  {
    what: 'two modules import each other',
    rule: 'no-cycle',
    files: {
      'src/core/a.ts': "import { b } from './b.ts';\nexport const a = (): number => b();\n",
      'src/core/b.ts': "import { a } from './a.ts';\nexport const b = (): number => a();\n",
    },
  },
  {
    what: 'a folder that is no room',
    rule: 'room-in-the-table',
    files: { 'src/helpers/a.ts': "export { value } from '../core/b.ts';\n", 'src/core/b.ts': MODULE },
  },
  { what: 'a module is left over', rule: 'no-orphan', files: { 'src/core/a.ts': MODULE } },
  {
    what: 'a source imports a test',
    rule: 'sources-without-tests',
    files: { 'src/core/a.ts': "export { value } from '../../tests/b.ts';\n", 'tests/b.ts': MODULE },
  },
  {
    what: 'an import leads nowhere',
    rule: 'resolvable',
    files: { 'src/core/a.ts': "export { value } from './missing.ts';\n" },
  },
];

const LAWFUL: Case = {
  what: 'a lawful import in every direction',
  rule: '',
  files: {
    'src/main.ts': "export { value } from './ui/a.ts';\n",
    'src/ui/a.ts': "import { tick } from 'svelte';\nexport { value } from '../study/b.ts';\nexport const later = tick;\n",
    'src/study/b.ts': "export { value } from '../workers/pool.ts';\n",
    'src/workers/pool.ts': "export { value } from '../core/c.ts';\n",
    'src/workers/a.worker.ts':
      "import { expose } from 'comlink';\nimport { value } from '../kernel/d.ts';\nexpose({ value });\n",
    'src/kernel/d.ts': "export { value } from '../core/c.ts';\n",
    'src/core/c.ts': MODULE,
  },
};

async function brokenRules(one: Case, name: string): Promise<readonly string[]> {
  const { tsPreCompilationDeps, doNotFollow, enhancedResolveOptions } = config.options ?? {};
  const ruleSet = { forbidden: config.forbidden ?? [] } as IFlattenedRuleSet;
  const { output } = await cruise(['src'], {
    ruleSet,
    validate: true,
    baseDir: writeCase(name, one.files),
    ...(tsPreCompilationDeps === undefined ? {} : { tsPreCompilationDeps }),
    ...(doNotFollow === undefined ? {} : { doNotFollow }),
    ...(enhancedResolveOptions === undefined ? {} : { enhancedResolveOptions }),
  });
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map((violation) => violation.rule.name);
}

describe('dependency rules', () => {
  it.each(MUST_FAIL)('refuse: $what', async (one) => {
    expect(await brokenRules(one, `rooms-${MUST_FAIL.indexOf(one)}`)).toContain(one.rule);
  });

  it('accept lawful imports', async () => {
    expect(await brokenRules(LAWFUL, 'rooms-lawful')).toEqual([]);
  });
});

describe('table of rooms', () => {
  it('names exactly the folders of src', () => {
    const folders = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((folder) => folder.name).sort()).toEqual(ROOMS.map((room) => room.name).sort());
  });

  it('lists every room after those that it imports, so that rooms form no cycle', () => {
    ROOMS.forEach((room, index) => {
      const before = ROOMS.slice(0, index).map((earlier) => earlier.name);
      expect(before).toEqual(expect.arrayContaining([...room.imports]));
    });
  });

  it('keeps pure rooms away from edge rooms', () => {
    const edges = ROOMS.filter((room) => room.kind === 'edge').map((room) => room.name);
    for (const room of ROOMS.filter((one) => one.kind === 'pure')) {
      expect(room.imports.filter((name) => edges.includes(name))).toEqual([]);
    }
  });

  it('stands in docs/architecture.md', () => {
    expect(readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8')).toContain(roomsTable());
  });
});
