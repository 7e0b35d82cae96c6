import { AVERAGE_KINDS, FAMILIES } from './catalogue.ts';
import type { Indicator } from './indicator.ts';
import { INDICATOR_NOTES } from './notes.ts';

/** Indicators without published values at hand: only a second, plain implementation stands beside them. In the catalogue's order. */
export const UNPUBLISHED: readonly string[] = (
  'tema kama alma highestbars lowestbars pivothigh pivotlow kcupper kclower roc change ' +
  'ppo trix tsi cci uo aroonup aroondown vortexplus vortexminus supertrenddir adosc ' +
  'cmf mfi correlation median percentrank cum nz fixnan barssince valuewhen'
).split(' ');

const HEAD = `# Indicators

Generated from the catalogue in \`src/indicators/\` by \`npm run docs:indicators\`. Names and definitions are Pine’s where it has them;
where another definition is followed, the entry says so.

- A value exists from the bar that is given on, counted from 0, where every input has a value from bar 0 on; earlier ones are empty.
  A hole in the input, or a value that is not finite, makes an indicator start anew behind it.
- A parameter with \`=\` may be left out. Where all series of a call have a value with \`=\`, they may be left out together:
  \`highest(20)\` is \`highest(high, 20)\`.
- Columns that are read without being named are listed as “reads”.
- Division by 0 gives no value.
- Prices that are short decimals are summed in whole ticks, exactly; other series in blocks that never subtract what left the window.
- Every indicator is compared with a second, plain implementation, over 10^6 bars too, and most with published values of another
  library, from the first row on or from where unequal starts are forgotten. Those values are not at hand for
  ${UNPUBLISHED.join(', ')}.
- Sums over a window do not drift: after 10^7 bars of prices that are no short decimals they differ from a fresh start by less than
  1e-14 of their size.
- \`ma(kind, x, n)\` takes one of ${AVERAGE_KINDS.map((kind) => `\`${kind}\``).join(', ')} as kind.

Check any of them against another tool with \`npm run --silent series -- --bars FILE 'rsi(close, 14)'\`.
`;

/** The page docs/indicators.md. */
export function indicatorDocs(): string {
  const families = FAMILIES.map(({ title, indicators }) => `## ${title}\n\n${indicators.map(entry).join('\n')}`);
  return `${HEAD}\n${families.join('\n')}`;
}

function entry(indicator: Indicator): string {
  const { about, formula, seeding, source } = INDICATOR_NOTES[indicator.name]!;
  const columns = indicator.inputs.flatMap(({ kind, name }) => (kind === 'column' ? [`\`${name}\``] : []));
  const lines = [
    `### ${signature(indicator)}`,
    '',
    about,
    '',
    `- Formula: ${formula}`,
    `- Start: ${seeding}`,
    ...(columns.length > 0 ? [`- Reads: ${columns.join(', ')}`] : []),
    ...bounds(indicator),
    `- Definition: ${source}`,
    '',
  ];
  return lines.join('\n');
}

/** `alma(x, n, offset = 0.85, sigma = 6)`. */
export function signature({ name, inputs, params }: Indicator): string {
  const series = inputs.flatMap((input) =>
    input.kind === 'column' ? [] : [input.column === null ? input.name : `${input.name} = ${input.column}`],
  );
  const numbers = params.map((param) => (param.value === null ? param.name : `${param.name} = ${param.value}`));
  return `${name}(${[...series, ...numbers].join(', ')})`;
}

/** What the numbers allow, where it is not a whole number from 1 up. */
function bounds({ params }: Indicator): string[] {
  const special = params.flatMap(({ name, kind, least, most }) => {
    if (kind === 'period' && least === 1) return [];
    const range = least === -Infinity ? 'any number' : most === Infinity ? `from ${least} up` : `from ${least} to ${most}`;
    return [`\`${name}\` ${kind === 'period' ? 'a whole number ' : ''}${range}`];
  });
  return special.length === 0 ? [] : [`- Takes: ${special.join(', ')}`];
}
