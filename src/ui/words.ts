import type { ExitReason, Trade } from '../metrics/report.ts';
import type { ImportReport } from '../bars/report.ts';
import type { ExecutionSettings } from '../strategy/execution.ts';
import type { RangeSpelling } from '../space/range.ts';
import { formatCount, formatCountOf, formatDuration, formatNumber, formatPercent, THIN } from './format.ts';

/** Sentences of the page that are made of values. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The first trials of a run compute the tables that the others find: what they take says nothing about the rest. */
const ETA_AFTER_MS = 1000;

interface PartOfRun {
  readonly elapsedMs: number;
  readonly etaMs: number | null;
  readonly paused?: boolean;
}

/** "12.7 s left", once a run has lasted long enough to tell; null before. */
export function timeLeft({ elapsedMs, etaMs, paused = false }: PartOfRun): string | null {
  if (paused) return 'paused';
  return etaMs === null || elapsedMs < ETA_AFTER_MS ? null : `${formatDuration(etaMs)} left`;
}

/** "1 day", "15 minutes"; the spacing of bars. */
export function spacingInWords(barMs: number): string {
  if (!(barMs > 0)) return 'uneven spacing';
  if (barMs >= 27 * DAY) return formatCountOf(Math.round(barMs / (30.4 * DAY)), 'month');
  for (const [ms, unit] of [
    [7 * DAY, 'week'],
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
    [1000, 'second'],
  ] as const) {
    if (barMs >= ms && barMs % ms === 0) return formatCountOf(barMs / ms, unit);
  }
  return formatDuration(barMs);
}

/** "daily", "hourly", "15-minute": the spacing before the word bars. */
export function spacingAdjective(barMs: number): string {
  if (barMs === DAY) return 'daily';
  if (barMs === HOUR) return 'hourly';
  if (barMs === 7 * DAY) return 'weekly';
  if (barMs >= 27 * DAY) return 'monthly';
  if (barMs === MINUTE) return 'one-minute';
  const [count, unit] = spacingInWords(barMs).split(' ');
  return `${count}-${unit?.replace(/s$/, '') ?? ''}`;
}

/** "7c1e a904": enough of a hash to compare by eye. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
}

export function reportChip(report: ImportReport): { kind: 'fine' | 'warn'; text: string } {
  const { refused, warnings, repaired } = report.counts;
  if (refused > 0) return { kind: 'warn', text: `${formatCountOf(refused, 'row')} refused` };
  if (warnings > 0) return { kind: 'warn', text: formatCountOf(warnings, 'warning') };
  if (repaired > 0) return { kind: 'fine', text: formatCountOf(repaired, 'repair') };
  return { kind: 'fine', text: 'import report, no issues' };
}

/** "0.1 s", "under 0.1 s", "2 min": no more exact than an estimate is. */
export function formatApproximateTime(ms: number): string {
  if (ms < 95) return `0.1${THIN}s`;
  if (ms < 9_500) return `${formatNumber(ms / 1000, 1)}${THIN}s`;
  if (ms < 90_000) return `${formatNumber(ms / 1000)}${THIN}s`;
  if (ms < 90 * MINUTE) return `${formatNumber(ms / MINUTE)}${THIN}min`;
  return formatDuration(ms);
}

/** "9 310", or "≈ 4.2 × 10¹⁷ ± 3 %" where the count is not exact. */
export function formatTrials(count: bigint, exact: boolean, error: number): string {
  return exact ? formatCount(count) : `≈ ${formatCount(count)} ± ${formatPercent(error, error < 0.01 ? 2 : 0)}`;
}

export function fillInWords(execution: ExecutionSettings, startBar: number | null): string {
  const fill = execution.fill === 'nextOpen' ? 'next open' : 'close of the signal bar';
  return startBar === null ? fill : `${fill}, scored from bar ${formatCount(startBar)}`;
}

/** "0.1 % commission, no slip"; costs of other kinds only where there are any. */
export function costsInWords({ commission, slippage, slippageTicks, halfSpread, funding }: ExecutionSettings): string {
  const parts = [];
  if (commission.relative !== 0 || commission.fixed === 0) parts.push(`${share(commission.relative)} commission`);
  if (commission.fixed !== 0) parts.push(`${amount(commission.fixed)} per fill`);
  if (commission.perUnit !== 0) parts.push(`${amount(commission.perUnit)} per unit`);
  if (commission.minimum !== 0) parts.push(`at least ${amount(commission.minimum)}`);
  parts.push(`${share(slippage)} slip`);
  if (slippageTicks !== 0) parts.push(`${amount(slippageTicks)} ticks slip`);
  if (halfSpread !== 0) parts.push(`${amount(halfSpread)} half-spread`);
  if (funding.short !== 0) parts.push(`${share(funding.short)} a day for shorts`);
  if (funding.leverage !== 0) parts.push(`${share(funding.leverage)} a day for borrowed money`);
  return parts.join(', ');
}

/** "all equity from 10 000, fractional units". */
export function sizingInWords({ sizing, units, lotStep, leverage, capital }: ExecutionSettings): string {
  const lots = lotStep === 0 ? `${units} units` : `lots of ${amount(lotStep)}`;
  const most = leverage === 1 ? '' : `, leverage up to ${amount(leverage)}`;
  return `${sizeInWords(sizing)} from ${formatNumber(capital)}, ${lots}${most}`;
}

function sizeInWords(sizing: ExecutionSettings['sizing']): string {
  switch (sizing.kind) {
    case 'equity':
      return sizing.fraction === 1 ? 'all equity' : `${share(sizing.fraction)} of equity`;
    case 'cash':
      return `${amount(sizing.cash)} of cash`;
    case 'units':
      return `${amount(sizing.units)} units`;
    case 'risk':
      return `${share(sizing.risk)} at risk`;
    case 'volatility':
      return `${share(sizing.volatility)} a true range`;
  }
}

/** A range or list as it is spelled. */
function swept(setting: RangeSpelling): string {
  return typeof setting === 'string' ? setting : setting.join(', ');
}

function share(setting: number | RangeSpelling): string {
  return typeof setting === 'number' ? percent(setting) : swept(setting);
}

function amount(setting: number | RangeSpelling): string {
  if (typeof setting !== 'number') return swept(setting);
  const [, decimals = ''] = String(setting).split('.');
  return formatNumber(setting, Math.min(8, decimals.length));
}

function percent(fraction: number): string {
  if (fraction === 0) return 'no';
  return `${Number((fraction * 100).toPrecision(3))}${THIN}%`;
}

const SMALL = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** "One thing", "Two things", "12 things". */
export function thingsInWords(count: number): string {
  return `${SMALL[count] ?? formatCount(count)} ${count === 1 ? 'thing' : 'things'}`;
}

/** What the run button says: what a press does, or "Run" while it can do nothing. */
export function runLabel(
  count: { readonly feasible: bigint; readonly exact: boolean } | null,
  ready: boolean,
  budget?: number,
): string {
  if (!ready || count === null) return 'Run';
  if (budget !== undefined && BigInt(budget) < count.feasible) return `Search ${formatCountOf(budget, 'trial')}`;
  return `Run ${count.exact ? '' : '≈ '}${formatCountOf(count.feasible, 'trial')}`;
}

/** "a", "a and b", "a, b and c". */
export function listInWords(parts: readonly string[]): string {
  if (parts.length <= 1) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}

const REASONS: Readonly<Record<ExitReason, string>> = {
  signal: 'signal',
  opposite: 'opposite',
  stop: 'stop',
  target: 'target',
  trail: 'trail',
  breakEven: 'break-even',
  time: 'time',
  margin: 'margin call',
  end: 'end of data',
  ruin: 'ruin',
};

/** Why a trade ended, in a word or two. */
export function exitInWords({ open, reason }: Pick<Trade, 'open' | 'reason'>): string {
  return open ? 'still open' : REASONS[reason];
}
