import { createContext } from 'svelte';

export type DialogName =
  'data' | 'report' | 'paste' | 'help' | 'library' | 'notebook' | 'editor' | 'save' | 'palette' | 'machine';

/** Which dialog stands open; one at a time. */
export class Dialogs {
  shown = $state<DialogName | null>(null);
  /** Rows that were typed or pasted; kept, so that a refused table can be mended. */
  pasted = $state('');

  open(name: DialogName): void {
    this.shown = name;
  }

  close(): void {
    this.shown = null;
  }
}

export const [useDialogs, provideDialogs] = createContext<Dialogs>();
