import type { Frame } from '../../src/strategy/frame.ts';
import type { TwinColumns } from './evaluate.ts';

/** The local date and time of a bar as an instant of UTC, so that Date can take it apart. */
function clock(columns: TwinColumns, bar: number): Date {
  const date = columns.localDate[bar]!;
  const [year, month, day] = [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100];
  return new Date(Date.UTC(year, month - 1, day, 0, columns.localMinute[bar]));
}

/** 1 is Sunday. */
export function weekdayOf(columns: TwinColumns, bar: number): number {
  return clock(columns, bar).getUTCDay() + 1;
}

/** A word for the frame that a bar lies in. */
function frameWord(frame: Frame, columns: TwinColumns, bar: number): string {
  const at = clock(columns, bar);
  if (frame.unit === 'month') return at.toISOString().slice(0, 7);
  if (frame.unit === 'day') return at.toISOString().slice(0, 10);
  if (frame.unit === 'week') {
    const sinceMonday = (at.getUTCDay() + 6) % 7;
    return new Date(at.getTime() - sinceMonday * 86_400_000).toISOString().slice(0, 10);
  }
  return `${at.toISOString().slice(0, 10)} ${Math.floor((at.getUTCHours() * 60 + at.getUTCMinutes()) / frame.minutes)}`;
}

/** The bars of a frame, and for each bar of the data the frame's bar that was over last, −1 before there is one. */
export function framesOf(frame: Frame, columns: TwinColumns): { columns: TwinColumns; over: number[] } {
  const groups: number[][] = [];
  const over: number[] = [];
  for (let bar = 0; bar < columns.close.length; bar++) {
    const same = bar > 0 && frameWord(frame, columns, bar) === frameWord(frame, columns, bar - 1);
    if (!same) groups.push([]);
    groups.at(-1)!.push(bar);
    over.push(groups.length - 2);
  }
  const each = (at: (bars: number[]) => number): number[] => groups.map(at);
  const of = (column: ArrayLike<number>, bars: number[]): number[] => bars.map((bar) => column[bar]!);
  return {
    columns: {
      time: each((bars) => columns.time[bars[0]!]!),
      open: each((bars) => columns.open[bars[0]!]!),
      high: each((bars) => Math.max(...of(columns.high, bars))),
      low: each((bars) => Math.min(...of(columns.low, bars))),
      close: each((bars) => columns.close[bars.at(-1)!]!),
      volume: each((bars) => of(columns.volume, bars).reduce((sum, one) => sum + one, 0)),
      localDate: each((bars) => columns.localDate[bars[0]!]!),
      localMinute: each((bars) => columns.localMinute[bars[0]!]!),
      decimals: columns.decimals,
    },
    over,
  };
}
