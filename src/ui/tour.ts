const KEY = 'barsweep.tour';

/** Whether the tour was neither gone through nor skipped on this machine. */
export function tourWanted(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return false; // where nothing can be kept it would come back every time
  }
}

export function endTour(): void {
  try {
    localStorage.setItem(KEY, 'done');
  } catch {
    // Then it was not shown either.
  }
}
