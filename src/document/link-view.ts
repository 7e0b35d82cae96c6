import { one, type LinkParts, type LinkValue } from './link-text.ts';

/** What was looked at: it changes no result. Names, because a link outlives positions. */
export interface LinkView {
  readonly metric?: string;
  readonly x?: string; // axis names
  readonly y?: string;
  readonly fold?: string; // how other axes are folded
  readonly filter?: string; // condition over metrics and axes that shown trials meet: results/filter
  readonly at?: Readonly<Record<string, string>>; // label at which another axis is held
  readonly tab?: string; // view below the surface
  readonly picture?: string; // form of the surface
  readonly measure?: string; // what a cell shows: `neighbourhood 2` for two steps to either side
  readonly zoom?: Readonly<Record<string, string>>; // `10..20`, labels of the part of an axis that is shown
  readonly brush?: Readonly<Record<string, string>>; // `0.4..0.8` of a metric's key, labels of an axis
  readonly selected?: string; // trial index
  readonly pins?: readonly string[]; // `B1402`: letter and trial index
}

export function viewParts(view: LinkView): [string, LinkValue][] {
  const { metric, x, y, fold, filter, tab, picture, measure, selected } = view;
  const single = { vm: metric, x, y, fold, q: filter, vt: tab, vp: picture, vn: measure, sel: selected };
  const said = Object.entries(single).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  const held = Object.entries(view.at ?? {}).map(([name, label]) => [`at.${name}`, label]);
  const spans = (['zoom', 'brush'] as const).flatMap((kind) =>
    Object.entries(view[kind] ?? {}).map(([name, span]) => [`${kind}.${name}`, span]),
  );
  const pins = view.pins === undefined || view.pins.length === 0 ? [] : [['pin', view.pins]];
  return [...said, ...held, ...spans, ...pins] as [string, LinkValue][];
}

export function viewOf(parts: LinkParts): LinkView {
  const single = {
    metric: one(parts, 'vm'),
    x: one(parts, 'x'),
    y: one(parts, 'y'),
    fold: one(parts, 'fold'),
    filter: one(parts, 'q'),
    tab: one(parts, 'vt'),
    picture: one(parts, 'vp'),
    measure: one(parts, 'vn'),
    selected: one(parts, 'sel'),
  };
  const pins = parts.get('pin');
  return {
    ...Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined)),
    ...named(parts, 'at'),
    ...named(parts, 'zoom'),
    ...named(parts, 'brush'),
    ...(pins === undefined ? {} : { pins: typeof pins === 'string' ? [pins] : pins }),
  };
}

/** Keys such as `at.kind`, gathered under the word before the point. */
function named(parts: LinkParts, word: 'at' | 'zoom' | 'brush'): LinkView {
  const found = [...parts].flatMap(([key, value]) =>
    key.startsWith(`${word}.`) && typeof value === 'string' ? [[key.slice(word.length + 1), value] as const] : [],
  );
  return found.length === 0 ? {} : { [word]: Object.fromEntries(found) };
}
