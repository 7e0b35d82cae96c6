import { createSubscriber } from 'svelte/reactivity';
import { readPalette, type Palette } from '../colors.ts';

let kept: Palette | null = null;

const subscribe = createSubscriber((update) => {
  const observer = new MutationObserver(() => {
    kept = null;
    update();
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-contrast'] });
  return () => {
    observer.disconnect();
    kept = null;
  };
});

/** The palette of the theme in force; whoever reads it inside an effect draws again when the theme changes. */
export function palette(): Palette {
  subscribe();
  return (kept ??= readPalette(document.documentElement));
}
