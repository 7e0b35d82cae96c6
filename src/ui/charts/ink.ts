/** The tokens that canvases draw with, as the current theme resolves them. */
export interface Ink {
  readonly text: string;
  readonly text2: string;
  readonly text3: string;
  readonly line: string;
  readonly line2: string;
  readonly grid: string;
  readonly price: string;
  readonly reference: string;
  readonly accent: string;
  readonly axis: string;
  readonly gain: string;
  readonly loss: string;
  readonly surface: string;
  readonly halo: string;
  readonly font: string; // family only
}

const TOKENS: Readonly<Record<keyof Ink, string>> = {
  text: '--text',
  text2: '--text-2',
  text3: '--text-3',
  line: '--line',
  line2: '--line-2',
  grid: '--chart-grid',
  price: '--chart-line',
  reference: '--chart-line-2',
  accent: '--accent',
  axis: '--axis',
  gain: '--gain',
  loss: '--loss',
  surface: '--surface',
  halo: '--halo',
  font: '--font-ui',
};

export function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const read = ([name, token]: [string, string]): [string, string] => [name, style.getPropertyValue(token).trim()];
  return Object.fromEntries(Object.entries(TOKENS).map(read)) as unknown as Ink;
}

/** Calls back when the page changes its theme or contrast; returns the way to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] });
  return () => observer.disconnect();
}
