/** While a run lasts, each part of the page is brought up to date this often, in ms, at most one per frame: frames stay short. */
const PARTS = { numbers: 80, surface: 80, table: 80, cards: 240 } as const;
export type Part = keyof typeof PARTS;

/** Publishes the parts in turn. @returns a call that ends it */
export function publishParts(publish: Readonly<Record<Part, () => void>>): () => void {
  const parts = Object.keys(PARTS) as Part[];
  const due: Record<Part, number> = { numbers: 0, surface: 0, table: 0, cards: 0 };
  const tick = (now: number): void => {
    frame = requestAnimationFrame(tick);
    const next = parts.reduce((a, b) => (due[b] < due[a] ? b : a));
    if (due[next] > now) return;
    due[next] = now + PARTS[next];
    publish[next]();
  };
  let frame = requestAnimationFrame(tick);
  return () => cancelAnimationFrame(frame);
}
