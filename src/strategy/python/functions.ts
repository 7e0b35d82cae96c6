import { INDICATORS } from '../../indicators/catalogue.ts';
import averages from './text/averages.py?raw';
import momentum from './text/momentum.py?raw';
import ranges from './text/ranges.py?raw';
import trends from './text/trends.py?raw';
import volumes from './text/volumes.py?raw';

/** A function as plain numpy: inputs and numbers in the order of the catalogue, NaN where there is no value. */
interface PythonFunction {
  readonly text: string;
  readonly needs: readonly string[]; // functions of these files that it calls
}

const TEXTS = new Map(
  [averages, ranges, momentum, trends, volumes]
    .flatMap((file) => file.trim().split(/\n\n\n(?=def )/))
    .map((text) => [/^def (\w+)/.exec(text)![1]!, text] as const),
);

/** Indicators of the catalogue and what they call, by name. */
export const FUNCTIONS: ReadonlyMap<string, PythonFunction> = new Map(
  Array.from(TEXTS, ([name, text]) => {
    const called = Array.from(text.matchAll(/(?<![.\w])(\w+)\(/g), ([, word]) => word!);
    return [name, { text, needs: [...new Set(called)].filter((word) => word !== name && TEXTS.has(word)) }] as const;
  }),
);

/** Indicators that read holes as what they are: others start anew behind one. */
export const READS_HOLES: ReadonlySet<string> = new Set(
  INDICATORS.filter(({ holes }) => holes === 'reads').map(({ name }) => name),
);

/** Texts of these functions and of all that they call, each before its first use. */
export function functionTexts(names: Iterable<string>): string[] {
  const done = new Map<string, string>();
  const add = (name: string): void => {
    const known = FUNCTIONS.get(name);
    if (known === undefined || done.has(name)) return;
    done.set(name, '');
    known.needs.forEach(add);
    done.set(name, known.text);
  };
  for (const name of names) add(name);
  return [...done.values()];
}
