import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { didYouMean } from '../language/suggest.ts';
import type { Axis } from './axis.ts';
import { parseRange, type RangeSpelling } from './range.ts';
import type { Space } from './space.ts';

/** The text's space with other ranges: `{"fast": "5..50 by 1", "kind": ["ema"]}`. Reports every fault, not only the first. */
export function overrideSpace(space: Space, overrides: Readonly<Record<string, RangeSpelling>>): Outcome<Space> {
  const faults: Fault[] = [];
  const spellings = new Map(Object.entries(overrides));
  const axes = space.axes.map((base): Axis => {
    const spelling = spellings.get(base.name);
    if (spelling === undefined) return base;
    spellings.delete(base.name);
    const read = parseRange(base, spelling);
    if (read.ok) return read.value;
    faults.push(...read.faults);
    return base;
  });
  const names = space.axes.map(({ name }) => name);
  for (const name of spellings.keys()) {
    const otherwise = names.length === 0 ? 'The strategy has no parameters.' : `Its parameters are ${names.join(', ')}.`;
    const shown = name.slice(0, 40);
    const place = { kind: 'key', path: `space.${shown}` } as const;
    faults.push(
      fault('axis_unknown', `The strategy has no parameter \`${shown}\`.`, didYouMean(name, names, otherwise), place),
    );
  }
  const [first, ...more] = faults;
  return first === undefined ? ok({ ...space, axes }) : failed(first, ...more);
}
