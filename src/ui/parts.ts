import { fetchPart, type LoadPart } from './lazy.ts';
import type { DialogName } from './panels/dialogs.svelte.ts';
import { loadLinks } from '../study/link.svelte.ts';
import { SIDE_CARDS, VIEWS } from './views.ts';

/** A large part of the page in a file of its own, so that the first load stays small. */
interface Part {
  readonly title: string;
  readonly load: LoadPart;
}

export const RESULTS: Part = { title: 'The results', load: () => import('./panels/Results.svelte') };
export const TOP: Part = { title: 'The header', load: () => import('./panels/Top.svelte') };
export const EXECUTION_FIELDS: Part = { title: 'The settings', load: () => import('./panels/ExecutionFields.svelte') };
export const GENERATE_FORM: Part = { title: 'The form', load: () => import('./panels/GenerateForm.svelte') };
export const TOAST: Part = { title: 'The note', load: () => import('./panels/Toast.svelte') };
export const READY: Part = { title: 'The study', load: () => import('./panels/Ready.svelte') };
export const TRIAL_PAGE: Part = { title: 'The trial', load: () => import('./panels/TrialPage.svelte') };

export const DIALOGS: Readonly<Record<DialogName, Part>> = {
  data: { title: 'The data dialog', load: () => import('./panels/DataDialog.svelte') },
  paste: { title: 'The paste dialog', load: () => import('./panels/PasteDialog.svelte') },
  report: { title: 'The import report', load: () => import('./panels/ReportDialog.svelte') },
  library: { title: 'The strategies', load: () => import('./panels/LibraryDialog.svelte') },
  notebook: { title: 'The notebook', load: () => import('./panels/NotebookDialog.svelte') },
  editor: { title: 'The editor', load: () => import('./editor/EditorDialog.svelte') },
  save: { title: 'The save dialog', load: () => import('./panels/SaveDialog.svelte') },
  palette: { title: 'The commands', load: () => import('./panels/PaletteDialog.svelte') },
  machine: { title: 'The machine', load: () => import('./panels/MachineDialog.svelte') },
  help: { title: 'Help', load: () => import('./panels/HelpDialog.svelte') },
};

/** What the first run shows, fetched once the page stands, so that nothing is waited for then. */
export function prefetchParts(): void {
  const first = VIEWS.slice(0, 1);
  // What fails to load now says so when it is shown.
  for (const { load } of [TOP, READY, RESULTS, GENERATE_FORM, TOAST, EXECUTION_FIELDS, ...SIDE_CARDS, ...first, TRIAL_PAGE])
    fetchPart(load).catch(() => undefined);
  loadLinks().catch(() => undefined);
}
