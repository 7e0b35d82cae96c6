import { closePart, openPart } from './block-moments.ts';
import type { Course } from './course.ts';
import {
  CASH,
  EXIT_BAR,
  EXIT_BASE,
  EXIT_REASON,
  FILL,
  FUNDING,
  HELD_EXIT,
  LEAVE_BAR,
  TRADE_AMBIGUOUS,
  UNITS,
  type Ledger,
} from './ledger.ts';
import { END, MARGIN, OPEN, RUIN, SIGNAL } from './reasons.ts';
import { holdBars, holdDays } from './scan.ts';

/**
 * Holds a position that only a signal, the end of the data, a margin call or ruin can end; the caller books the trade from the
 * ledger's EXIT_….
 * @param leave bar whose signals end the trade, `course.count` if none does
 */
export function holdToSignal(course: Course, ledger: Ledger, entryBar: number, leave: number): void {
  const { count, open, close, nextSample, blocks, execution } = course;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const signalled = leave < count;
  const marked = !signalled && execution.atEnd === 'mark';
  let exitBar = signalled ? leave + delay : marked ? count : count - 1;
  let lastBar = -1;
  if (nextSample !== null) lastBar = holdDays(course, ledger, nextSample, entryBar, exitBar);
  else if (blocks === null) lastBar = holdBars(course, ledger, entryBar, exitBar);
  else {
    openPart(ledger);
    for (let from = entryBar; from < exitBar && lastBar < 0;) {
      const block = blocks.of[from]!;
      const to = Math.min(exitBar, blocks.ends[block]!);
      lastBar = holdBars(course, ledger, from, to);
      closePart(ledger, block);
      from = to;
    }
  }
  const ended = lastBar >= 0; // by the account
  if (ended) exitBar = lastBar;
  const ruined = ended && ledger[CASH]! + ledger[UNITS]! * (close[exitBar]! - ledger[FILL]!) <= 0;
  ledger[EXIT_BAR] = exitBar;
  ledger[EXIT_REASON] = ruined ? RUIN : ended ? MARGIN : signalled ? SIGNAL : marked ? OPEN : END;
  ledger[EXIT_BASE] = ended || !signalled || delay === 0 ? close[Math.min(exitBar, count - 1)]! : open[exitBar]!;
  ledger[LEAVE_BAR] = leave;
  ledger[HELD_EXIT] = 0;
  ledger[FUNDING] = 0;
  ledger[TRADE_AMBIGUOUS] = 0;
}
