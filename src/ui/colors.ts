import type { Distribution } from '../results/distribution.ts';

/** 256 colours as the canvas stores them (bytes red, green, blue, alpha), from the low end of a map to its high end. */
export type ColorTable = Uint32Array;

/** What pictures draw with, as the theme in force resolves it. */
export interface Palette {
  readonly diverging: ColorTable;
  readonly sequential: ColorTable;
  readonly surface: string;
  readonly grid: string;
  readonly hatch: string;
  readonly text3: string;
  readonly accent: string;
  readonly loss: string;
  readonly lossWeak: string;
  readonly fault: string;
  readonly faultWeak: string;
  readonly sunken: string;
  readonly contour: string;
  readonly mark: string;
  readonly halo: string;
  readonly bars: string;
  readonly line: string;
  readonly gain: string;
}

/** Reads maps and colours from an element's computed style, so that dark and contrast themes need no code. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (token: string): string => style.getPropertyValue(token).trim();
  return {
    diverging: colorTable(read('--map-diverging')),
    sequential: colorTable(read('--map-sequential')),
    surface: read('--surface'),
    grid: read('--chart-grid'),
    hatch: read('--hatch'),
    text3: read('--text-3'),
    accent: read('--accent'),
    loss: read('--loss'),
    lossWeak: read('--loss-weak'),
    fault: read('--fault'),
    faultWeak: read('--fault-weak'),
    sunken: read('--sunken'),
    contour: read('--contour'),
    mark: read('--mark'),
    halo: read('--halo'),
    bars: read('--chart-bars'),
    line: read('--chart-line-2'),
    gain: read('--gain'),
  };
}

/**
 * A map's stops (`#9a2202, #b74d26, …`, evenly spaced) as 256 colours, interpolated in OKLab so that equal steps of value stay
 * equal steps of lightness. Without a readable stop everything is black, which is seen at once.
 */
export function colorTable(stops: string): ColorTable {
  const labs = (stops.match(/#[0-9a-f]{6}\b/gi) ?? ['#000000']).map((hex) => toLab(hexChannels(hex)));
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (labs.length - 1);
    const k = Math.min(Math.floor(at), Math.max(0, labs.length - 2));
    const from = labs[k]!;
    const to = labs[Math.min(k + 1, labs.length - 1)]!;
    table[i] = pack(fromLab(from.map((c, j) => c + (to[j]! - c) * (at - k)) as Triple));
  }
  return table;
}

/** `#rrggbb` as the canvas stores it. */
export function packHex(hex: string): number {
  return /^#[0-9a-f]{6}$/i.test(hex) ? pack(hexChannels(hex).map((c) => c / 255) as Triple) : 0xff000000;
}

/** One colour of a table as CSS text. */
export function cssColor(packed: number): string {
  return `rgb(${packed & 255} ${(packed >>> 8) & 255} ${(packed >>> 16) & 255})`;
}

/** Values to colours: `low` … `high` is what the legend shows; the colour's ends lie at ±reach, or at low and high. */
export interface ColorScale {
  readonly signed: boolean;
  readonly low: number;
  readonly high: number;
  /** A step that the ends are whole multiples of. */
  readonly step: number;
  readonly clampedLow: boolean; // values beyond the end exist and have its colour
  readonly clampedHigh: boolean;
}

const ROBUST = 0.02;
const SLACK = 0.3;

/**
 * Limits from where the values lie: the 2nd to the 98th percentile and up to 30 % of that span more, so that a lonely value does not
 * bleach the rest. Signed metrics always show zero. Ends are round numbers.
 *
 * @param before the scale shown so far: during a run ends only move outwards, so cells never flicker; null to start afresh
 */
export function colorScale(distribution: Distribution, signed: boolean, before: ColorScale | null): ColorScale {
  if (distribution.count === 0 || Number.isNaN(distribution.quantile(0))) return before ?? emptyScale(signed);
  const bottom = distribution.quantile(ROBUST);
  const top = distribution.quantile(1 - ROBUST);
  const slack = SLACK * (top - bottom);
  let low = Math.max(distribution.min, bottom - slack);
  let high = Math.min(distribution.max, top + slack);
  if (signed) {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
  }
  if (before !== null && before.step > 0) {
    low = Math.min(low, before.low);
    high = Math.max(high, before.high);
  }
  if (low === high) {
    const pad = Math.abs(low) * 0.1 || 1;
    low -= pad;
    high += pad;
  }
  const step = roundStep((high - low) / 12);
  // A value on a round number must not push its end a whole step outwards because of the last bit of a division.
  const ends = { low: step * Math.floor(low / step + 1e-6), high: step * Math.ceil(high / step - 1e-6) };
  const beyond = { low: distribution.min < ends.low - 1e-6 * step, high: distribution.max > ends.high + 1e-6 * step };
  return { signed, ...ends, step, clampedLow: beyond.low, clampedHigh: beyond.high };
}

function emptyScale(signed: boolean): ColorScale {
  return { signed, low: signed ? -1 : 0, high: 1, step: 0, clampedLow: false, clampedHigh: false };
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
export function roundStep(rough: number): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1;
  const power = Math.floor(Math.log10(rough));
  const scale = (factor: number): number => (power < 0 ? factor / 10 ** -power : factor * 10 ** power);
  return [1, 2, 5].map(scale).find((step) => step >= rough * (1 - 1e-9)) ?? scale(10);
}

/** Position of a value in the table, 0 … 255; beyond the ends the end's colour. NaN gives 0: callers sort it out before. */
export function tableIndex(scale: ColorScale, value: number): number {
  const [offset, factor] = tableMapping(scale);
  return Math.max(0, Math.min(255, (value - offset) * factor)) | 0;
}

/** For loops over cells: index = (value − offset) × factor, then cut to 0 … 255. */
export function tableMapping(scale: ColorScale): readonly [offset: number, factor: number] {
  const reach = Math.max(Math.abs(scale.low), Math.abs(scale.high)) || 1;
  const low = scale.signed ? -reach : scale.low;
  const high = scale.signed ? reach : scale.high;
  return [low, 255.999 / (high - low)];
}

/** Black or white text for a cell, whichever contrasts more. */
export function inkOn(packed: number): 'black' | 'white' {
  const [r, g, b] = [packed & 255, (packed >>> 8) & 255, (packed >>> 16) & 255].map((c) => linear(c / 255)) as Triple;
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? 'black' : 'white';
}

type Triple = [number, number, number];

function hexChannels(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >>> 16, (value >>> 8) & 255, value & 255];
}

function pack([r, g, b]: Triple): number {
  const byte = (c: number): number => Math.max(0, Math.min(255, Math.round(c * 255)));
  return ((255 << 24) | (byte(b) << 16) | (byte(g) << 8) | byte(r)) >>> 0;
}

function linear(c: number): number {
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

function gamma(c: number): number {
  return c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
}

/** sRGB bytes to OKLab (Björn Ottosson 2020). */
function toLab(bytes: Triple): Triple {
  const [r, g, b] = bytes.map((c) => linear(c / 255)) as Triple;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([L, a, b]: Triple): Triple {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
