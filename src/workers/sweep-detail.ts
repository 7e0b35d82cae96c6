import { failed, type Outcome } from '../core/fault.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { StudySetup } from '../schedule/messages.ts';
import type { Pool } from './pool.ts';
import { replacedFault } from './sweep-faults.ts';
import type { SweepSlot } from './sweep-slot.ts';

export interface DetailOptions {
  readonly pool: Pool;
  readonly generation: number;
  readonly slots: readonly SweepSlot[];
  readonly setupFor: (slot: SweepSlot) => StudySetup;
  readonly over: () => boolean; // the sweep has ended
}

/** Re-runs one trial in the worker that has the least to do. */
export function createDetail({ pool, generation, slots, setupFor, over }: DetailOptions) {
  return async (market: number, positions: readonly number[]): Promise<Outcome<TrialDetail>> => {
    const free = slots
      .filter(({ index, phase }) => index < pool.size && (over() || phase === 'open' || phase === 'opening'))
      .sort((a, b) => a.inFlight.length - b.inFlight.length)[0];
    if (free === undefined || pool.generation !== generation) return failed(replacedFault());
    const ask = () => pool.call(free.index, (api) => api.detail(generation, market, positions));
    const answer = await ask();
    if (answer.ok && (answer.value.ok || answer.value.faults[0].code !== 'study_closed')) return answer.value;
    if (!over() || pool.generation !== generation) return answer.ok ? answer.value : answer;
    const opened = await pool.call(free.index, (api) => api.open(setupFor(free))); // its worker was replaced after the end
    if (!opened.ok) return opened;
    if (!opened.value.ok) return opened.value;
    const second = await ask();
    return second.ok ? second.value : second;
  };
}
