/** The slow twin of metrics/blocks: every sampled return in a list, the list cut into sixteen, and each part added up. */
export interface BlockTwin {
  readonly sums: readonly number[]; // Σr per block
  readonly squares: readonly number[]; // Σr²
  readonly returns: readonly number[];
}

/**
 * @param equity at the close of each scored bar
 * @param dates of the scored bars where returns are per day, otherwise null
 * @param late a mistake that a test puts in: blocks end so many samples late
 */
export function blockTwin(capital: number, equity: ArrayLike<number>, dates: ArrayLike<number> | null, late = 0): BlockTwin {
  const sampled = Array.from(equity).filter((_, i) => dates === null || dates[i] !== dates[i + 1]);
  const returns = sampled.map((value, k) => {
    const before = k === 0 ? capital : sampled[k - 1]!;
    return before > 0 ? value / before - 1 : 0;
  });
  const end = (block: number): number => (block === 0 ? 0 : Math.floor((block * returns.length) / 16) + late);
  const parts = Array.from({ length: 16 }, (_, block) => returns.slice(end(block), end(block + 1)));
  return {
    returns,
    sums: parts.map((part) => part.reduce((sum, r) => sum + r, 0)),
    squares: parts.map((part) => part.reduce((sum, r) => sum + r * r, 0)),
  };
}
