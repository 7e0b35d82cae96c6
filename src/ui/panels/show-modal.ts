import type { Attachment } from 'svelte/attachments';

/**
 * Lays a dialog over the page for as long as it is part of it.
 *
 * @param onclose the visitor closed it; a dialog that makes way for another says nothing, as its word, which comes a moment later,
 *   would close that one
 */
export function showModal(onclose: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    dialog.showModal();
    dialog.addEventListener('close', onclose);
    return () => {
      dialog.removeEventListener('close', onclose);
      dialog.close();
    };
  };
}
