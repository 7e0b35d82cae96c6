import type { Fault } from '../../core/fault.ts';

export interface MarkedPiece {
  readonly text: string;
  readonly bad: boolean;
}

/** The text cut where faults begin and end. A fault at the end of a line marks the character before it, so that it is seen. */
export function faultSpans(text: string, faults: readonly Fault[]): readonly MarkedPiece[] {
  const starts = lineStarts(text);
  const spans = faults
    .flatMap(({ place }) => {
      if (place?.kind !== 'text') return [];
      const lineStart = starts[place.line - 1];
      if (lineStart === undefined) return [];
      const lineEnd = (starts[place.line] ?? text.length + 1) - 1;
      const to = Math.min(lineStart + place.column - 1 + Math.max(1, place.length), lineEnd);
      return [{ from: Math.max(lineStart, Math.min(lineStart + place.column - 1, to - 1)), to }];
    })
    .sort((a, b) => a.from - b.from);
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (to <= at) continue;
    const begin = Math.max(at, from);
    if (begin > at) pieces.push({ text: text.slice(at, begin), bad: false });
    pieces.push({ text: text.slice(begin, to), bad: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), bad: false });
  return pieces;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}
