/** Calls `act` once, `ms` after the last call. `flush` calls it now if it waits; `cancel` forgets it. */
export interface Debounced {
  (): void;
  flush(): void;
  cancel(): void;
}

export function debounce(ms: number, act: () => void): Debounced {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const cancel = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const debounced = (): void => {
    cancel();
    timer = setTimeout(() => {
      timer = null;
      act();
    }, ms);
  };
  const flush = (): void => {
    if (timer === null) return;
    cancel();
    act();
  };
  return Object.assign(debounced, { flush, cancel });
}
