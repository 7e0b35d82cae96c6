import { EditorView } from '@codemirror/view';

/** The page's tokens reach into the shadow root, so light, dark and contrast follow by themselves. */
export const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--code-call)', background: 'var(--surface)', font: 'var(--type-code)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', overflow: 'auto', scrollbarWidth: 'thin' },
  '.cm-content': { caretColor: 'var(--text)', padding: 'var(--sp-8) 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { background: 'var(--surface)', color: 'var(--text-3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--hover)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--accent-weak)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    background: 'none',
    outline: 'var(--hair) solid var(--accent)',
  },
  '.code-keyword': { color: 'var(--code-keyword)' },
  '.code-number': { color: 'var(--code-number)' },
  '.code-comment': { color: 'var(--code-comment)' },
  '.code-axis': { color: 'var(--code-axis)', fontWeight: 'var(--weight-medium)' },
  '.range-note': { color: 'var(--axis)', fontStyle: 'italic' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--fault)',
    textUnderlineOffset: '0.2em',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--warn)',
    textUnderlineOffset: '0.2em',
  },
  '.cm-tooltip': {
    maxWidth: '26rem',
    color: 'var(--text)',
    background: 'var(--raised)',
    border: 'var(--hair) solid var(--line)',
    borderRadius: 'var(--radius-2)',
    boxShadow: 'var(--lift-2)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: 'var(--type-code)', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent-weak)',
    color: 'var(--accent)',
  },
  '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal', marginLeft: '0' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--weight-medium)' },
  '.cm-completionInfo': { padding: 'var(--sp-6) var(--sp-8)', font: 'var(--type-small)' },
  '.cm-diagnostic': { padding: 'var(--sp-6) var(--sp-8)', borderLeft: 'none', font: 'var(--type-small)' },
  '.doc': { padding: 'var(--sp-6) var(--sp-8)', font: 'var(--type-small)' },
  '.doc code': { display: 'block', font: 'var(--type-code)', color: 'var(--code-keyword)' },
  '.doc p': { margin: 'var(--sp-4) 0 0' },
});
