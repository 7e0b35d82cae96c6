import type { Study } from './study.svelte.ts';

/** Closes the opened trial; undo opens it again while its results are still the shown ones. */
export function closeTrial(study: Study): void {
  const { view } = study;
  const { rows, selected } = view;
  study.trial.show(false);
  if (selected === null) return;
  const again = (): void => {
    if (view.rows === rows) study.openTrial(selected);
  };
  study.history.did('Trial closed.', again, { tell: false });
}
