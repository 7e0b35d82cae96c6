import { DAY_MS, HOUR_MS, formatUtc } from './calendar.ts';
import type { BarColumns } from './columns.ts';
import { inspectGaps } from './gaps.ts';
import { addIssue, type IssueList } from './report.ts';

const FAR = 20; // closes that differ by this factor are another unit or an error
const NEAR = 0.015; // a jump so near to a whole factor looks like a split
const NO_VOLUME = [2147483647, 4294967295]; // "unknown" in 32-bit exports

export interface Inspected {
  readonly barMs: number;
  readonly share: number; // of the neighbours at that distance
  readonly closeOnly: boolean;
  readonly hasVolume: boolean;
}

/**
 * Warns of what looks wrong in bars that were kept as given.
 * @returns the number of bars whose prices contradict each other
 */
export function inspectBars(columns: BarColumns, lines: Uint32Array, about: Inspected, warnings: IssueList): number {
  const broken = inspectPrices(columns, lines, warnings);
  inspectJumps(columns, lines, warnings);
  const regular = about.share >= 1 / 3 || columns.count < 3;
  if (regular) {
    inspectGaps(columns, lines, about.barMs, warnings);
    inspectLast(columns, lines, about.barMs, warnings);
  } else {
    addIssue(warnings, 'irregular', 0, 'The times between rows differ: these may be a selection of bars.');
  }
  if (about.hasVolume) inspectVolume(columns, lines, warnings);
  if (!about.closeOnly) {
    let flat = 0;
    for (let i = 0; i < columns.count; i++) {
      if (columns.high[i] === columns.low[i]) flat++;
    }
    if (flat > columns.count / 2)
      addIssue(warnings, 'flat_bars', 0, `On ${flat} of ${columns.count} bars open, high, low and close are the same price.`);
  }
  return broken;
}

function inspectPrices(columns: BarColumns, lines: Uint32Array, warnings: IssueList): number {
  const { count, open, high, low, close } = columns;
  let broken = 0;
  for (let i = 0; i < count; i++) {
    const top = open[i]! > close[i]! ? open[i]! : close[i]!;
    const bottom = open[i]! < close[i]! ? open[i]! : close[i]!;
    if (high[i]! < low[i]!) {
      broken++;
      addIssue(warnings, 'ohlc_violation', lines[i]!, `The high ${high[i]} is below the low ${low[i]}; kept as given.`);
    } else if (top > high[i]! || bottom < low[i]!) {
      broken++;
      const message = `Open ${open[i]} or close ${close[i]} lies outside low ${low[i]} to high ${high[i]}; kept as given.`;
      addIssue(warnings, 'ohlc_violation', lines[i]!, message);
    }
    if (!(low[i]! > 0 && bottom > 0)) {
      addIssue(
        warnings,
        'non_positive_price',
        lines[i]!,
        `A price is zero or negative (low ${low[i]}, close ${close[i]}); kept as given, but returns and percentages make no sense there.`,
      );
    }
  }
  return broken;
}

/** Closes that jump by a factor: near to 2 … 10 as a split does, or by far more. */
function inspectJumps({ count, close }: BarColumns, lines: Uint32Array, warnings: IssueList): void {
  const usual = usualMove(close, count);
  for (let i = 1; i < count; i++) {
    const from = close[i - 1]!;
    const to = close[i]!;
    if (!(from > 0 && to > 0)) continue;
    const ratio = to > from ? to / from : from / to;
    if (ratio < 1.9) continue;
    const whole = Math.round(ratio);
    const split = whole >= 2 && whole <= 10 && Math.abs(ratio / whole - 1) < NEAR && ratio - 1 > 12 * usual;
    if (!split && ratio <= FAR) continue;
    addIssue(
      warnings,
      'scale_jump',
      lines[i]!,
      `The close goes from ${from} to ${to} in one bar: another unit, a split, or an error?`,
    );
  }
}

/** Median size of the relative move from close to close, from a sample of the bars. */
function usualMove(close: Float64Array, count: number): number {
  const moves: number[] = [];
  const step = Math.max(1, Math.floor(count / 2000));
  for (let i = step; i < count; i += step) {
    const move = Math.abs(close[i]! / close[i - 1]! - 1);
    if (Number.isFinite(move)) moves.push(move);
  }
  moves.sort((a, b) => a - b);
  return moves[moves.length >> 1] ?? 0;
}

/** A bar that still grows: its time of day differs from that of all others, or hardly any volume was traded in it. */
function inspectLast({ count, time, volume }: BarColumns, lines: Uint32Array, barMs: number, warnings: IssueList): void {
  if (count < 10) return;
  const last = count - 1;
  const distance = time[last]! - time[last - 1]!;
  const odd = barMs >= HOUR_MS ? distance % Math.min(barMs, DAY_MS) !== 0 && distance % HOUR_MS !== 0 : distance < barMs;
  const recent = Array.from(volume.subarray(Math.max(0, last - 20), last)).sort((a, b) => a - b);
  const usual = recent[recent.length >> 1]!;
  const thin = usual > 0 && volume[last]! > 0 && volume[last]! < usual / 50;
  if (odd || thin) {
    const message = `The last bar (${formatUtc(time[last]!)}) seems incomplete: ${odd ? 'its time stands apart' : 'little was traded in it'}.`;
    addIssue(warnings, 'incomplete_last_bar', lines[last]!, message);
  }
}

function inspectVolume({ count, volume }: BarColumns, lines: Uint32Array, warnings: IssueList): void {
  let traded = 0;
  let same = 0;
  for (let i = 0; i < count; i++) {
    if (volume[i]! > 0) traded++;
    if (volume[i] === volume[0]) same++;
    if (NO_VOLUME.includes(volume[i]!)) {
      const message = `The volume ${volume[i]} is the largest number of 32 bits, which means unknown; kept as given.`;
      addIssue(warnings, 'volume_sentinel', lines[i]!, message);
    }
  }
  if (traded === 0) addIssue(warnings, 'zero_volume', 0, 'The volume is 0 on every bar.');
  else if (same === count && count > 5) addIssue(warnings, 'constant_volume', 0, `The volume is ${volume[0]} on every bar.`);
}
