import type { MethodName } from '../../../src/search/spec.ts';
import { SHARES, type Quartiles } from './percentiles.ts';

const WIDTH = 300;
const HEIGHT = 190;
const LEFT = 54;
const TOP = 34;
const PLOT_WIDTH = 200;
const PLOT_HEIGHT = 110;
const COLUMNS = 3;
const WORST = 1e5; // trials in a million, at the top
const DECADES = 5;
/** Told apart by lightness and dashes as well. */
const STYLES: Partial<Record<MethodName, { readonly ink: string; readonly dash: string }>> = {
  random: { ink: '#8a8f98', dash: '4 3' },
  sobol: { ink: '#b7a36a', dash: '2 2' },
  zoom: { ink: '#6d8f3c', dash: '' },
  genetic: { ink: '#0b7a75', dash: '' },
  differential: { ink: '#5b6bbf', dash: '6 2' },
  cma: { ink: '#c2571a', dash: '' },
  tpe: { ink: '#8b3a8f', dash: '1 2' },
};

export interface Panel {
  readonly name: string;
  readonly results: ReadonlyMap<MethodName, readonly Quartiles[]>;
}

/** One panel per space: how many trials in a million are better than the best found, against the share that was run. */
export function chart(panels: readonly Panel[]): string {
  const rows = Math.ceil(panels.length / COLUMNS);
  const height = rows * HEIGHT + 30;
  const body = panels.map((panel, k) => {
    const x = (k % COLUMNS) * WIDTH;
    const y = Math.floor(k / COLUMNS) * HEIGHT;
    return `<g transform="translate(${x} ${y})">${onePanel(panel)}</g>`;
  });
  const legend = Object.entries(STYLES).map(([name, style], k) => {
    const x = 20 + k * 125;
    return `<path d="M${x} ${height - 12}h22" fill="none" ${stroke(style)}/><text x="${x + 28}" y="${height - 8}">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${COLUMNS * WIDTH} ${height}" font-family="sans-serif" font-size="11" fill="#5d6470">
<rect width="100%" height="100%" fill="#ffffff"/>
${[...body, ...legend].join('\n')}
</svg>
`;
}

function onePanel({ name, results }: Panel): string {
  const x = (k: number): number => LEFT + (k / (SHARES.length - 1)) * PLOT_WIDTH;
  const marks = SHARES.map(
    (share, k) => `<text x="${x(k)}" y="${TOP + PLOT_HEIGHT + 16}" text-anchor="middle">${share * 100} %</text>`,
  );
  const lines = Array.from({ length: DECADES + 1 }, (_, k) => {
    const y = TOP + (k / DECADES) * PLOT_HEIGHT;
    const label = k === DECADES ? '≤ 1' : String(WORST / 10 ** k);
    return `<path d="M${LEFT} ${y}h${PLOT_WIDTH}" stroke="#e3e5e9"/><text x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${label}</text>`;
  });
  const curves = [...results].flatMap(([method, quartiles]) => {
    const style = STYLES[method];
    if (style === undefined) return [];
    const points = quartiles.map(({ median }, k) => `${x(k).toFixed(1)} ${place(median).toFixed(1)}`);
    return [`<path d="M${points.join('L')}" fill="none" ${stroke(style)}/>`];
  });
  return `<text x="${LEFT}" y="16" fill="#1d2129" font-weight="600">${name}</text>${[...lines, ...marks, ...curves].join('')}`;
}

function place(percentile: number): number {
  const ppm = Math.max(1, (1 - percentile) * 1e6);
  return TOP + Math.min(1, Math.max(0, Math.log10(WORST / ppm) / DECADES)) * PLOT_HEIGHT;
}

function stroke({ ink, dash }: { readonly ink: string; readonly dash: string }): string {
  return `stroke="${ink}" stroke-width="1.8"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}
