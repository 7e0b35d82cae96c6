/** Which end of a metric is better. */
export type Direction = 'max' | 'min';

/** Metrics without a better end (trades, exposure) are ranked from the largest. */
export function rankDirection(direction: 'max' | 'min' | 'none'): Direction {
  return direction === 'min' ? 'min' : 'max';
}
