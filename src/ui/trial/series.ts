import type { Compared } from '../../study/compare.svelte.ts';

const LETTERS = 'ABCDEF';

/** The token of a trial's colour: the selected one's is A's. */
export function seriesOf(letter: Compared['letter']): string {
  return `--series-${LETTERS.indexOf(letter) + 1}`;
}
