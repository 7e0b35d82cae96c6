import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Node 20 runs no TypeScript: what runs outside the browser is bundled first, into `dist-headless/` for users.
// Vite itself is imported only when there is something to build, so that a finished command line starts at once.

export const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CACHE = path.join(ROOT, '.cache');
const HEADLESS = path.join(ROOT, 'dist-headless');

/** Thread entries, bundled beside every Node program that may start them. */
const THREADS = Object.fromEntries(
  ['sweep-node.worker', 'search-node.worker'].map((name) => [name, path.join(ROOT, `src/workers/${name}.ts`)]),
);

/**
 * Bundles TypeScript entries for Node. No plugin reads Svelte here: a component in the graph fails the build.
 *
 * @param {Readonly<Record<string, string>>} entries name of the written file, without `.js` → source file
 * @param {string} name of the folder in `.cache/`, replaced if it is there
 * @returns {Promise<string>} the folder of the written files
 */
export async function bundle(entries, name) {
  const { build } = await import('vite');
  const outDir = path.join(CACHE, name);
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: { ...entries, ...THREADS },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', topLevelVar: false },
      },
    },
  });
  return outDir;
}

/**
 * The last change of anything below `folder`, ms.
 *
 * @param {string} folder
 */
function newest(folder) {
  const times = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
    (name) => statSync(path.join(folder, name)).mtimeMs,
  );
  return Math.max(statSync(folder).mtimeMs, ...times);
}

function isStale() {
  const built = statSync(path.join(HEADLESS, 'series.js'), { throwIfNoEntry: false });
  if (built === undefined) return true;
  const config = ['vite.config.ts', 'package-lock.json'].map((name) => statSync(path.join(ROOT, name)).mtimeMs);
  return Math.max(newest(path.join(ROOT, 'src')), ...config) > built.mtimeMs;
}

/** The programs of the command line, by name of the written file. */
const PROGRAMS = {
  cli: path.join(ROOT, 'src/headless/cli.ts'),
  inspect: path.join(ROOT, 'src/headless/inspect-cli.ts'),
  series: path.join(ROOT, 'src/headless/series.ts'),
};

/**
 * Bundles the programs of the command line.
 *
 * @param {string} name of the folder in `.cache/`
 */
export function bundlePrograms(name) {
  return bundle(PROGRAMS, name);
}

/**
 * Builds `dist-headless/` where it is missing or older than the sources.
 *
 * @param {string} program `cli`, `inspect` or `series`
 * @returns {Promise<string>} its file
 */
export async function ensureHeadless(program = 'cli') {
  if (isStale()) {
    // Built aside and moved in, so that a command that is running meanwhile finds whole files.
    const built = await bundlePrograms(`headless-${process.pid}`);
    const old = path.join(CACHE, `headless-old-${process.pid}`);
    if (existsSync(HEADLESS)) renameSync(HEADLESS, old);
    renameSync(built, HEADLESS);
    rmSync(old, { recursive: true, force: true });
  }
  return path.join(HEADLESS, `${program}.js`);
}
