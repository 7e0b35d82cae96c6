/**
 * Block moments: sums of a trial's returns over equal parts of the scored time, from which statistics over parts of it are made
 * (cross-validation over blocks, deflated Sharpe ratios) without the trial being run again.
 *
 * The N sampled returns r, those of the Sharpe ratio, are cut into 16 runs: block b (from 0) holds the samples ⌊b·N ÷ 16⌋ up to, and
 * without, ⌊(b + 1)·N ÷ 16⌋, so that blocks differ by one sample at most. Of each block there are Σr and Σr². They add up to the sums
 * of which the mean and the volatility are made. A block without a sample (N < 16) has 0; so has one in which nothing was held. A trial
 * that was ruined has r = −1 at its last sample and 0 after it. One that could not trade (`warmup`, `failed`) has NaN throughout.
 */
export const BLOCKS = 16;

/** What a study document's `metrics` says for them. */
export const BLOCK_MOMENTS = 'blockMoments';

/** Stands for them among the columns of rows, where metrics stand by their index; always the last. */
export const BLOCK_COLUMN = 255;

/** Their keys in the order in which a row holds them: Σr of each block, then Σr² of each. */
export const BLOCK_KEYS: readonly string[] = ['blockSum', 'blockSquares'].flatMap((key) =>
  Array.from({ length: BLOCKS }, (_, block) => `${key}${block + 1}`),
);

/** Numbers of a row. */
export const BLOCK_NUMBERS: number = 2 * BLOCKS;
