import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import { describeFault, type Fault } from '../../core/fault.ts';
import { completeWord, ENTRIES } from './completions.ts';
import { known, painting, setKnown, type Known } from './paint.ts';
import { theme } from './theme.ts';
import { wordAt } from './words.ts';

export interface EditorOptions {
  readonly text: string;
  readonly onedit: (text: string) => void;
  /** The name at the caret, or null. */
  readonly oncaret: (word: string | null) => void;
}

export interface OpenEditor {
  /** Takes a text that changed elsewhere; its own edits come back without effect. */
  setText(text: string): void;
  setKnown(known: Known): void;
  setFaults(faults: readonly Fault[], warnings: readonly Fault[]): void;
  insert(text: string): void;
  focus(): void;
  destroy(): void;
}

/**
 * The editor, inside a shadow root of `host`: there its styles are adopted sheets, which the page's policy allows.
 */
export function openEditor(host: HTMLElement, { text, onedit, oncaret }: EditorOptions): OpenEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const parent = document.createElement('div');
  parent.style.height = '100%';
  root.replaceChildren(parent);
  let mute = false;
  let caret: string | null = null;

  const listen = EditorView.updateListener.of((update) => {
    if (update.docChanged && !mute) onedit(update.state.doc.toString());
    if (!update.docChanged && !update.selectionSet) return;
    const word = wordAt(update.state.doc.toString(), update.state.selection.main.head)?.word ?? null;
    if (word === caret) return;
    caret = word;
    oncaret(word);
  });

  const view = new EditorView({
    root,
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        bracketMatching(),
        autocompletion({ override: [completeWord], icons: false }),
        hoverTooltip(hoverDoc),
        tooltips({ position: 'fixed', parent }),
        known,
        painting,
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Strategy text in the editor', spellcheck: 'false' }),
        keymap.of([...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        listen,
      ],
    }),
  });

  return {
    setText(next) {
      if (next === view.state.doc.toString()) return;
      mute = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      mute = false;
    },
    setKnown: (next) => view.dispatch({ effects: setKnown.of(next) }),
    setFaults(faults, warnings) {
      const found = [
        ...faults.map((one) => diagnostic(view, one, 'error')),
        ...warnings.map((one) => diagnostic(view, one, 'warning')),
      ];
      view.dispatch(
        setDiagnostics(
          view.state,
          found.filter((one) => one !== null),
        ),
      );
    },
    insert(piece) {
      view.dispatch(view.state.replaceSelection(piece));
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

function diagnostic({ state }: EditorView, fault: Fault, severity: Diagnostic['severity']): Diagnostic | null {
  const { place } = fault;
  if (place?.kind !== 'text' || place.line > state.doc.lines) return null;
  const line = state.doc.line(place.line);
  const from = Math.min(line.from + place.column - 1, Math.max(line.from, line.to - 1));
  const to = Math.min(line.to, from + Math.max(1, place.length));
  return { from, to, severity, message: describeFault(fault) };
}

function hoverDoc(view: EditorView, pos: number) {
  const found = wordAt(view.state.doc.toString(), pos);
  const entry = found === null ? undefined : ENTRIES.get(found.word);
  if (found === null || entry === undefined) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create() {
      const dom = document.createElement('div');
      dom.className = 'doc';
      const line = (tag: 'code' | 'p', text: string | undefined): void => {
        if (text === undefined || text === '') return;
        const element = document.createElement(tag);
        element.textContent = text;
        dom.append(element);
      };
      line('code', entry.signature);
      line('p', entry.about);
      line('p', entry.formula);
      line('p', entry.seeding);
      line('p', entry.source === undefined ? undefined : `Source: ${entry.source}.`);
      return { dom };
    },
  };
}
