import { DAY_MS, formatUtc, weekday } from './calendar.ts';
import type { BarColumns } from './columns.ts';
import { addIssue, type IssueList } from './report.ts';

const JUMP = 20; // closes that differ by this factor are another unit, a split or an error
const NO_VOLUME = [2147483647, 4294967295]; // "unknown" in 32-bit exports

function isJump(from: number, to: number): boolean {
  return from > 0 && to > 0 && (to > JUMP * from || to * JUMP < from);
}

/** Bars whose prices contradict each other or cannot be traded. @returns the number of contradictions */
function inspectPrices(columns: BarColumns, lines: Uint32Array, warnings: IssueList): number {
  const { count, open, high, low, close } = columns;
  let broken = 0;
  for (let i = 0; i < count; i++) {
    const top = open[i]! > close[i]! ? open[i]! : close[i]!;
    const bottom = open[i]! < close[i]! ? open[i]! : close[i]!;
    if (high[i]! < low[i]!) {
      broken++;
      addIssue(warnings, 'high_below_low', lines[i]!, `The high ${high[i]} is below the low ${low[i]}; kept as given.`);
    } else if (top > high[i]! || bottom < low[i]!) {
      broken++;
      addIssue(
        warnings,
        'outside_range',
        lines[i]!,
        `Open ${open[i]} or close ${close[i]} lies outside low ${low[i]} to high ${high[i]}; kept as given.`,
      );
    }
    if (!(low[i]! > 0 && bottom > 0)) {
      addIssue(
        warnings,
        'not_positive',
        lines[i]!,
        `A price is zero or negative (low ${low[i]}, close ${close[i]}); kept as given, but returns and percentages make no sense there.`,
      );
    }
    if (i > 0 && isJump(close[i - 1]!, close[i]!)) {
      addIssue(
        warnings,
        'scale_jump',
        lines[i]!,
        `The close goes from ${close[i - 1]} to ${close[i]} in one bar: another unit, a split, or an error?`,
      );
    }
  }
  return broken;
}

/** Time without bars that neither weekends nor nights explain. */
function inspectGaps(columns: BarColumns, lines: Uint32Array, barMs: number, warnings: IssueList): void {
  const { count, time } = columns;
  let weekend = 0;
  for (let i = 0; i < count; i++) {
    const day = weekday(Math.floor(time[i]! / DAY_MS));
    if (day === 6) weekend++;
  }
  const everyDay = weekend > count / 20; // Saturdays are a seventh of a market that never closes
  const longest = everyDay ? 1.5 * barMs : Math.max(1.5 * barMs, 5 * DAY_MS);
  for (let i = 1; i < count; i++) {
    const distance = time[i]! - time[i - 1]!;
    if (distance <= longest) continue;
    addIssue(warnings, 'gap', lines[i]!, `No bars between ${formatUtc(time[i - 1]!)} and ${formatUtc(time[i]!)}.`);
  }
}

function inspectVolume(columns: BarColumns, lines: Uint32Array, warnings: IssueList): void {
  const { count, volume } = columns;
  let traded = 0;
  for (let i = 0; i < count; i++) {
    if (volume[i]! > 0) traded++;
    if (NO_VOLUME.includes(volume[i]!))
      addIssue(
        warnings,
        'volume_sentinel',
        lines[i]!,
        `The volume ${volume[i]} is the largest number of 32 bits, which means unknown; kept as given.`,
      );
  }
  if (traded === 0) addIssue(warnings, 'zero_volume', 0, 'The volume is 0 on every bar.');
}

export interface Inspection {
  readonly barMs: number;
  readonly share: number; // of the neighbours at that distance
  readonly closeOnly: boolean;
  readonly hasVolume: boolean;
}

/**
 * Warns of what looks wrong in bars that were kept as given.
 * @returns the number of bars whose prices contradict each other
 */
export function inspectBars(columns: BarColumns, lines: Uint32Array, about: Inspection, warnings: IssueList): number {
  const broken = inspectPrices(columns, lines, warnings);
  const regular = about.share >= 1 / 3;
  if (regular) inspectGaps(columns, lines, about.barMs, warnings);
  else addIssue(warnings, 'irregular', 0, 'The times between rows differ: these may be single trades or a selection of bars.');
  if (about.hasVolume) inspectVolume(columns, lines, warnings);
  let flat = 0;
  for (let i = 0; i < columns.count; i++) {
    if (columns.high[i] === columns.low[i]) flat++;
  }
  if (!about.closeOnly && flat > columns.count / 2) {
    addIssue(warnings, 'flat_bars', 0, `On ${flat} of ${columns.count} bars open, high, low and close are the same price.`);
  }
  return broken;
}
