/** What a browser benchmark exports: it prints its own lines and throws where its results are wrong. */
interface BenchCase {
  run(print: (line: string) => void): Promise<void>;
}

const cases = import.meta.glob<BenchCase>('./*.bench.ts');
const wanted = `./${location.hash.slice(1)}.bench.ts`;
const marks = document.documentElement.dataset;

marks['cases'] = Object.keys(cases)
  .map((file) => file.slice('./'.length, -'.bench.ts'.length))
  .join(' ');
try {
  const load = cases[wanted];
  if (load !== undefined) await (await load()).run((line) => console.log(line));
} finally {
  marks['ended'] = 'yes';
}
