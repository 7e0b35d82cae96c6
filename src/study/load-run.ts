import { fault, type Fault } from '../core/fault.ts';
import type { Run } from './run.svelte.ts';

const UNLOADED = fault(
  'run_unloaded',
  'Nothing was run: a file of this page could not be had.',
  'Reload the page once you are online.',
);

interface Loading {
  readonly run: Pick<Run, 'load'>;
  fail(fault: Fault): void;
}

/** Does something once all is here that a run needs, or says that it cannot be had. */
export function whenLoaded(study: Loading, then: () => void): void {
  void study.run.load().then(then, () => study.fail(UNLOADED));
}
