import type uPlot from 'uplot';
import type { Ink } from './ink.ts';
import { drawLevel, shared, type PlotFrame } from './trial-plots.ts';

interface CompareContext {
  readonly ink: Ink;
  readonly phone: boolean;
  readonly series: readonly { readonly letter: string; readonly stroke: string }[];
  readonly onCursor: (bar: number | null, left: number) => void;
  readonly formatMultiple: (value: number, step: number) => string;
}

/** Lines told apart by their letter at the end, not by colour alone. */
export function compareOptions(context: CompareContext): uPlot.Options {
  const { ink, phone, series, onCursor, formatMultiple } = context;
  const frame: PlotFrame = { ink, phone, syncKey: 'compare' };
  return {
    ...shared(frame, formatMultiple, true),
    padding: [8, 0, 0, 0],
    series: [
      {},
      { label: 'Buy and hold', stroke: ink.reference, width: 1.25, dash: [4, 3], points: { show: false } },
      ...series.map(({ letter, stroke }): uPlot.Series => ({ label: letter, stroke, width: 1.75, points: { show: false } })),
    ],
    hooks: {
      setCursor: [(u) => onCursor(u.cursor.idx ?? null, u.cursor.left ?? -1)],
      drawAxes: [(u) => drawLevel(u, 1, ink.line2)],
      draw: [(u) => drawLetters(u, context)],
    },
  };
}

/** A letter behind the last visible value of each line, pushed apart where they would touch. */
function drawLetters(u: uPlot, { ink, phone, series }: CompareContext): void {
  const last = u.series[0]?.idxs?.[1] ?? u.data[0].length - 1;
  const height = 15 * devicePixelRatio;
  const tags = series
    .flatMap(({ letter, stroke }, k) => {
      const value = u.data[k + 2]?.[last];
      return value == null ? [] : [{ letter, stroke, y: u.valToPos(value, 'y', true) }];
    })
    .sort((a, b) => a.y - b.y);
  tags.forEach((tag, k) => {
    const before = tags[k - 1];
    if (before !== undefined) tag.y = Math.max(tag.y, before.y + height + 1);
  });
  const { ctx, bbox } = u;
  ctx.save();
  ctx.font = `600 ${(phone ? 12 : 11) * devicePixelRatio}px ${ink.font}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  for (const { letter, stroke, y } of tags) {
    const x = bbox.left + bbox.width + 2 * devicePixelRatio;
    ctx.fillStyle = stroke;
    ctx.beginPath();
    ctx.roundRect(x, y - height / 2, height, height, height / 2);
    ctx.fill();
    ctx.fillStyle = ink.surface;
    ctx.fillText(letter, x + height / 2, y + devicePixelRatio / 2);
  }
  ctx.restore();
}
