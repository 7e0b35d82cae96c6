import { one, type LinkParts, type LinkValue } from './link-text.ts';

/** What was looked at: it changes no result. Names, because a link outlives positions. */
export interface LinkView {
  readonly metric?: string;
  readonly x?: string; // axis names
  readonly y?: string;
  readonly fold?: string; // how other axes are folded
  readonly filter?: string; // condition over metrics and axes that shown trials meet: results/filter
  readonly at?: Readonly<Record<string, string>>; // label at which another axis is held
}

export function viewParts(view: LinkView): [string, LinkValue][] {
  const { metric, x, y, fold, filter } = view;
  const said = Object.entries({ vm: metric, x, y, fold, q: filter }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  );
  const held = Object.entries(view.at ?? {}).map(([name, label]) => [`at.${name}`, label]);
  return [...said, ...held] as [string, string][];
}

export function viewOf(parts: LinkParts): LinkView {
  const [metric, x, y, fold, filter] = ['vm', 'x', 'y', 'fold', 'q'].map((key) => one(parts, key));
  const held = [...parts].flatMap(([key, value]) =>
    key.startsWith('at.') && typeof value === 'string' ? [[key.slice(3), value] as const] : [],
  );
  return {
    ...(metric === undefined ? {} : { metric }),
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(fold === undefined ? {} : { fold }),
    ...(filter === undefined ? {} : { filter }),
    ...(held.length === 0 ? {} : { at: Object.fromEntries(held) }),
  };
}
