import type { Direction } from '../results/direction.ts';
import type { Survey } from '../results/questions.ts';

/** How the surface is drawn. */
export const PICTURES = ['map', 'relief', 'multiples', 'numbers'] as const;
export type Picture = (typeof PICTURES)[number];

/** What a cell shows of its trial: the metric itself, or what its neighbourhood says. */
export const MEASURES = ['trial', 'neighbourhood', 'roughness', 'profitable'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Zoom {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

/** A survey with what it is of. */
export interface JudgedSurvey extends Survey {
  readonly number: number; // another one for every survey
  readonly column: number;
  readonly direction: Direction;
  readonly reach: number;
  readonly count: number;
}
