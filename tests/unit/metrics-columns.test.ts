import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BLOCK_COLUMN, BLOCK_KEYS, BLOCK_NUMBERS, BLOCKS } from '../../src/metrics/blocks.ts';
import { METRIC_KEYS, metricIndex, METRICS, type Metric } from '../../src/metrics/columns.ts';
import { notesOf } from '../../src/metrics/notes.ts';

test('the columns stand in the order of the study document', () => {
  expect(METRIC_KEYS.join(' ')).toBe(
    'finalEquity totalReturn cagr volatility sharpe sortino calmar maxDrawdown trades winRate profitFactor expectancy avgTrade ' +
      'bestTrade worstTrade sqn exposure ambiguousBars objective recoveryFactor buyHold winStreak lossStreak avgTradeBars costShare longTrades ' +
      'longPnl longWinRate shortTrades shortPnl shortWinRate avgDrawdown maxDrawdownBars avgDrawdownBars ulcerIndex tailRatio ' +
      'var95 cvar95 omega turnover alpha beta breakEvenCost',
  );
  expect(METRIC_KEYS.map(metricIndex)).toEqual(METRICS.map((_, k) => k));
  expect(metricIndex('sharp')).toBe(-1);
});

test('block moments have a column and keys of their own behind the metrics', () => {
  expect(METRICS.length).toBeLessThanOrEqual(BLOCK_COLUMN);
  expect(BLOCK_COLUMN).toBeLessThan(256); // rows name a column by one byte
  expect([BLOCK_KEYS[0], BLOCK_KEYS[15], BLOCK_KEYS[16], BLOCK_KEYS[31]]).toEqual([
    'blockSum1',
    'blockSum16',
    'blockSquares1',
    'blockSquares16',
  ]);
  expect(new Set([...METRIC_KEYS, ...BLOCK_KEYS]).size).toBe(METRICS.length + BLOCK_NUMBERS);
});

const GROUPS: readonly (readonly [title: string, ...units: Metric['unit'][]])[] = [
  ['Fractions', 'fraction'],
  ['Ratios', 'ratio'],
  ['Money and counts', 'money', 'count'],
];

const BLOCKS_SECTION = `## Block moments

The word \`blockMoments\` in a study document's \`metrics\` stores ${BLOCK_NUMBERS} more columns, \`${BLOCK_KEYS[0]}\` …
\`${BLOCK_KEYS[BLOCKS - 1]}\` and \`${BLOCK_KEYS[BLOCKS]}\` … \`${BLOCK_KEYS[2 * BLOCKS - 1]}\`: Σr and Σr² over ${BLOCKS} equal parts of the scored time. They are
written to CSV, JSON and Parquet and shown in no table, map or picture. Statistics that compare parts of the time (cross-validation over
blocks, deflated Sharpe ratios) read them instead of running trials again.

Block b from 1 to ${BLOCKS} holds the samples ⌊(b − 1)·N ÷ ${BLOCKS}⌋ to ⌊b·N ÷ ${BLOCKS}⌋ − 1, both included and counted from 0, so that no two blocks differ by
more than one sample. The sums over the blocks are those of which the mean, the volatility and the Sharpe ratio are made. A block without
samples (N < ${BLOCKS}) has 0, as has one in which nothing was held. A ruined trial has r = −1 at the sample of its ruin and 0 after it. All
are NaN for a trial whose warm-up is longer than the bars, or that failed.
`;

/** docs/metrics.md as the table says it. */
function metricsPage(): string {
  const head = `# Metrics

One table, \`src/metrics/columns.ts\`, holds every metric; this page is written from it (\`UPDATE_DOCS=1 npx vitest run
tests/unit/metrics-columns.test.ts\`), and the page of results shows the same words behind a column's name.

Stored values are fractions (0.01 is 1 %), the account's currency, or counts; never percent. A value that is not defined is NaN:
shown as a dash, empty in CSV, never ranked above a number. In the formulas:

- **E** is equity at the close of a scored bar, marked to market; **capital** is what it was before the first scored bar.
- **r** are the simple returns E ÷ previous E − 1 at the sampled bars, the first one from the capital. Bars without a position count,
  with 0. Sampled are the closes of all scored bars (\`returns: "bar"\`), or of the last bar of each date in the data's zone
  (\`"day"\`). \`"auto"\` takes \`"day"\` for bars shorter than a day. **N** is their number.
- **P** is \`periodsPerYear\`. \`"auto"\` is the number of samples per year of 365.25 days that the bars show, all bars counted;
  252, 260, 365, 52 or 12 is taken instead where the nearest of them is within 3 %.
- A **trade** is a closed round trip. Its **pnl** is net of both commissions; its **return** is pnl ÷ (quantity × entry price), the
  entry price with slippage.
- The years of CAGR are calendar time from the first scored bar to the last bar, so that P, which a person may edit for the ratios,
  does not move it.
- A standard deviation of returns below 1e-12 is the rounding of binary numbers and counts as 0.
`;
  const groups = GROUPS.map(([title, ...units]) => {
    const metrics = METRICS.filter((metric) => units.includes(metric.unit));
    return `## ${title}\n\n${metrics.map(section).join('\n')}`;
  });
  return [head, ...groups, BLOCKS_SECTION].join('\n');
}

const BETTER = { max: 'higher is better', min: 'lower is better', none: 'neither end is better' };

function section(metric: Metric): string {
  const { formula, undefinedWhen, source, differs } = notesOf(metric);
  const lines = [
    `### ${metric.name} · \`${metric.key}\``,
    '',
    `${capital(formula)}.`,
    '',
    `- Unit: ${metric.unit}; ${BETTER[metric.direction]}.`,
    `- Undefined: ${undefinedWhen === '' ? 'never, for a trial that could trade' : `when ${undefinedWhen}`}.`,
    `- Source: ${source}.`,
  ];
  if (differs !== '') lines.push(`- Elsewhere: ${differs}`);
  return `${lines.join('\n')}\n`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

test('docs/metrics.md says what the table says', () => {
  const path = new URL('../../docs/metrics.md', import.meta.url);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, metricsPage());
  expect(readFileSync(path, 'utf8')).toBe(metricsPage());
});
