/** How often a sequence rises and falls from one value to the next; equal or missing values count for neither. */
export interface Turns {
  readonly rises: number;
  readonly falls: number;
}

export function countTurns(count: number, at: (i: number) => number): Turns {
  let rises = 0;
  let falls = 0;
  for (let i = 1; i < count; i++) {
    const last = at(i - 1);
    const value = at(i);
    if (value > last) rises++;
    else if (value < last) falls++;
  }
  return { rises, falls };
}

/** The item with the highest score, the first of equals; undefined where none is above `least`. */
export function bestOf<T>(items: readonly T[], score: (item: T) => number, least = -Infinity): T | undefined {
  let best: T | undefined;
  let most = least;
  for (const item of items) {
    const own = score(item);
    if (own <= most) continue;
    most = own;
    best = item;
  }
  return best;
}
