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

/** What a study document's `metrics` says for all of these columns. */
export const BLOCK_MOMENTS = 'blockMoments';

/** Columns of Σr, one per block. Beyond METRICS, so that this table may grow up to here. */
export const BLOCK_SUMS = 96;
/** Columns of Σr². */
export const BLOCK_SQUARES: number = BLOCK_SUMS + BLOCKS;

export const BLOCK_COLUMNS: readonly number[] = Array.from({ length: 2 * BLOCKS }, (_, k) => BLOCK_SUMS + k);

/** A trial's values by column: metrics from 0 on, block moments behind them. */
export const ROW_LENGTH: number = BLOCK_SQUARES + BLOCKS;

/** `blockSum1` … `blockSum16`, `blockSquares1` … `blockSquares16`. */
export function blockKey(column: number): string {
  const k = column - BLOCK_SUMS;
  return k < BLOCKS ? `blockSum${k + 1}` : `blockSquares${k - BLOCKS + 1}`;
}
