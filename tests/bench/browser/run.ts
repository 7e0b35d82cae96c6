/** What a browser benchmark exports: it prints its own lines and throws where its results are wrong. */
interface BenchCase {
  run(print: (line: string) => void, row: (row: unknown) => void, limits: BenchLimits): Promise<void>;
}

/** Of the cases that measure many; as BENCH_BARS and BENCH_CASES say, which the address carries. */
interface BenchLimits {
  readonly bars: readonly number[];
  readonly cases: readonly string[]; // empty: all
}

declare global {
  /** Takes a machine-readable row to the command line. */
  const benchRow: (row: unknown) => Promise<void>;
}

const cases = import.meta.glob<BenchCase>('./*.bench.ts');
const wanted = `./${location.hash.slice(1)}.bench.ts`;
const marks = document.documentElement.dataset;

marks['cases'] = Object.keys(cases)
  .map((file) => file.slice('./'.length, -'.bench.ts'.length))
  .join(' ');
void start();

/** Not awaited by the module: a case may share a file with it, which would then wait for itself. */
async function start(): Promise<void> {
  try {
    const found = await cases[wanted]?.();
    await found?.run(
      (line) => console.log(line),
      (row) => void benchRow(row),
      limits(),
    );
  } finally {
    marks['ended'] = 'yes';
  }
}

function limits(): BenchLimits {
  const search = new URLSearchParams(location.search);
  const list = (key: string): string[] => (search.get(key) ?? '').split(',').filter((word) => word !== '');
  const bars = list('bars').map(Number);
  return { bars: bars.length > 0 ? bars : [2148, 100_000, 1_000_000], cases: list('cases') };
}
