import type { Faults } from '../core/fault.ts';
import type { Rows } from '../metrics/rows.ts';
import { PENDING } from '../metrics/state.ts';
import { addRange, type RowRange } from '../schedule/chunks.ts';
import type { Ledger } from '../schedule/ledger.ts';
import type { SearchPort } from './search-port.ts';

/** Which trials stand in which rows: asks the sampler a little ahead of the workers. */
export interface Asking {
  /** Asks until `ahead` rows wait. At most one question is under way; with it goes what the sampler does not know yet, and after it what ends. */
  turn(ahead: number): void;
  /** Rows that have their results, for the sampler. */
  tell(range: RowRange): void;
  readonly asked: number; // rows with positions
  readonly exhausted: boolean; // the sampler has no further trial
  readonly over: boolean; // nothing more will be asked
  readonly stuck: boolean; // it waits for rows, and all are told
  readonly waits: boolean; // nothing comes before further rows are told
}

export interface AskingOptions {
  readonly search: SearchPort;
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly most: number; // rows that are asked at most
  /** Rows that may be asked now: below `most` where `rows` is a window that has not moved on yet. */
  readonly room: () => number;
  /** Rows [from, to) have positions now. */
  readonly answered: (from: number, to: number) => void;
  readonly failed: (faults: Faults) => void;
}

export function createAsking({ search, rows, ledger, most, room, answered, failed }: AskingOptions): Asking {
  let asked = 0;
  let exhausted = false;
  let waiting = false; // the sampler has nothing more until further rows are told
  let busy = false;
  let untold: RowRange[] = []; // finished, and the sampler does not know
  let toldMeanwhile = false; // since the last question was put

  /** Rows are asked where they lie; in a window that is another place than their number, and never across its end. */
  async function ask(to: number): Promise<void> {
    busy = true;
    const from = asked;
    const told = untold;
    untold = [];
    toldMeanwhile = false;
    const at = from % rows.rowCount;
    const count = Math.min(to - from, rows.rowCount - at);
    if (from >= rows.rowCount) rows.states.fill(PENDING, at, at + count);
    const outcome = await search.ask(told, at, at + count);
    busy = false;
    if (!outcome.ok) return failed(outcome.faults);
    asked += outcome.value.written;
    ({ exhausted, waiting } = outcome.value);
    ledger.allow(asked);
    answered(from, asked);
  }

  const knowsAll = (): boolean => untold.length === 0 && !toldMeanwhile;

  return {
    turn(ahead) {
      const to = Math.min(room(), asked + ahead - ledger.waiting);
      if (busy || exhausted || to <= asked || (waiting && knowsAll())) return;
      void ask(to);
    },
    tell(range) {
      if (busy && search.tell !== undefined) {
        search.tell([range]);
        toldMeanwhile = true;
      } else untold = addRange(untold, range);
    },
    get asked() {
      return asked;
    },
    get exhausted() {
      return exhausted;
    },
    get over() {
      return exhausted || asked >= most;
    },
    get stuck() {
      return waiting && !busy && knowsAll();
    },
    get waits() {
      return waiting;
    },
  };
}
