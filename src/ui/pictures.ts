import type { LoadPart } from './lazy.ts';

interface Picture {
  readonly title: string;
  readonly load: LoadPart;
}

/** Forms of the surface that are loaded when they are first shown. */
export const RELIEF: Picture = { title: 'The relief', load: () => import('./surfaces/Relief.svelte') };
export const MULTIPLES: Picture = { title: 'The small maps', load: () => import('./surfaces/Multiples.svelte') };
export const DATA_PICTURE: Picture = { title: 'The table of numbers', load: () => import('./surfaces/PictureNumbers.svelte') };
