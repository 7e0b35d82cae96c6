import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { highlight } from '../../strategy/highlight.ts';
import { definitionEnds } from './words.ts';

/** What the page knows of the text besides its letters. */
export interface Known {
  readonly axisNames: readonly string[];
  /** Ranges that the form holds in place of the text's, as they are spelled. */
  readonly ranges: Readonly<Record<string, string>>;
}

export const setKnown = StateEffect.define<Known>();

export const known = StateField.define<Known>({
  create: () => ({ axisNames: [], ranges: {} }),
  update(value, { effects }) {
    for (const effect of effects) if (effect.is(setKnown)) return effect.value;
    return value;
  },
});

/** The range that counts, behind the line whose own does not. */
class RangeNote extends WidgetType {
  readonly #range: string;

  constructor(range: string) {
    super();
    this.#range = range;
  }

  override eq(other: RangeNote): boolean {
    return other.#range === this.#range;
  }

  toDOM(): HTMLElement {
    const note = document.createElement('span');
    note.className = 'range-note';
    note.textContent = ` → ${this.#range}`;
    note.title = 'The range of the form; an edit of this line takes its place.';
    return note;
  }
}

const MARKS = new Map(
  (['keyword', 'call', 'number', 'comment', 'axis', 'name', 'operator'] as const).map((kind) => [
    kind,
    Decoration.mark({ class: `code-${kind}` }),
  ]),
);

function paint(view: EditorView): DecorationSet {
  const text = view.state.doc.toString();
  const { axisNames, ranges } = view.state.field(known);
  const ends = definitionEnds(text, new Set(Object.keys(ranges)));
  const notes = new Map([...ends].map(([name, at]) => [at, ranges[name]!]));
  const builder = new RangeSetBuilder<Decoration>();
  const note = (upTo: number): void => {
    for (const [at, range] of notes) {
      if (at > upTo) continue;
      builder.add(at, at, Decoration.widget({ widget: new RangeNote(range), side: 1 }));
      notes.delete(at);
    }
  };
  for (const { from, to, kind } of highlight(text, axisNames)) {
    note(from);
    builder.add(from, to, MARKS.get(kind)!);
  }
  note(text.length);
  return builder.finish();
}

/** Colours by the compiler's own tokens, and ranges of the form. */
export const painting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = paint(view);
    }

    update(update: ViewUpdate): void {
      const told = update.transactions.some(({ effects }) => effects.some((effect) => effect.is(setKnown)));
      if (update.docChanged || told) this.decorations = paint(update.view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);
