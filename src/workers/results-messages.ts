import type { Questions } from '../results/questions.ts';
import type { Axis } from '../space/axis.ts';

/** Every question, answered later. */
export type Answers = {
  readonly [Q in keyof Questions]: (of: Parameters<Questions[Q]>[0]) => Promise<ReturnType<Questions[Q]>>;
};

export interface ResultsWorkerApi extends Answers {
  /** @returns false where the buffer holds no rows */
  open(buffer: ArrayBufferLike, axes: readonly Axis[]): Promise<boolean>;
}
