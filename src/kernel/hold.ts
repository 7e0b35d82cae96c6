import type { Course } from './course.ts';
import { EXIT_BAR, EXIT_BASE, EXIT_REASON, FUNDING, HELD_EXIT, LEAVE_BAR, TRADE_AMBIGUOUS, type Ledger } from './ledger.ts';
import { END, OPEN, RUIN, SIGNAL } from './reasons.ts';
import { holdBars, holdDays } from './scan.ts';

/**
 * Holds a position that only a signal, the end of the data or ruin can end; the caller books the trade from the ledger's EXIT_….
 * @param leave bar whose signals end the trade, `course.count` if none does
 */
export function holdToSignal(course: Course, ledger: Ledger, entryBar: number, leave: number): void {
  const { count, open, close, nextSample, execution } = course;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const signalled = leave < count;
  const marked = !signalled && execution.atEnd === 'mark';
  let exitBar = signalled ? leave + delay : marked ? count : count - 1;
  const ruinBar =
    nextSample === null ? holdBars(ledger, close, entryBar, exitBar) : holdDays(ledger, close, nextSample, entryBar, exitBar);
  const ruined = ruinBar >= 0;
  if (ruined) exitBar = ruinBar;
  ledger[EXIT_BAR] = exitBar;
  ledger[EXIT_REASON] = ruined ? RUIN : signalled ? SIGNAL : marked ? OPEN : END;
  ledger[EXIT_BASE] = ruined || !signalled || delay === 0 ? close[Math.min(exitBar, count - 1)]! : open[exitBar]!;
  ledger[LEAVE_BAR] = leave;
  ledger[HELD_EXIT] = 0;
  ledger[FUNDING] = 0;
  ledger[TRADE_AMBIGUOUS] = 0;
}
