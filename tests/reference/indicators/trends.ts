import { rma } from './averages.ts';
import { channelMiddle, laterTrueRange, sums, trueRange } from './ranges.ts';
import { back, zip, type Twin } from './twin.ts';

type Columns = readonly (readonly number[])[];

const ups = ([high, low]: Columns): number[] =>
  zip([high!, low!, back(high!, 1), back(low!, 1)], (h, l, h1, l1) =>
    Number.isNaN(h1) ? NaN : h - h1 > l1 - l ? Math.max(0, h - h1) : 0,
  );
const downs = ([high, low]: Columns): number[] =>
  zip([high!, low!, back(high!, 1), back(low!, 1)], (h, l, h1, l1) =>
    Number.isNaN(h1) ? NaN : l1 - l > h - h1 ? Math.max(0, l1 - l) : 0,
  );
const direction = (inputs: Columns, moves: readonly number[], n: number): number[] =>
  zip([rma(moves, n), rma(laterTrueRange(inputs), n)], (move, range) => (100 * move) / range);

function adx(inputs: Columns, n: number): number[] {
  const dx = zip([rma(ups(inputs), n), rma(downs(inputs), n)], (up, down) =>
    up + down === 0 ? 0 : (100 * Math.abs(up - down)) / (up + down),
  );
  return rma(dx, n);
}

/** Line and direction per bar, each bar from all that went before. */
function supertrend(inputs: Columns, factor: number, n: number): { line: number[]; direction: number[] } {
  const [high, low, close] = inputs;
  const ranges = rma(trueRange(inputs), n);
  const out = { line: high!.map(() => NaN), direction: high!.map(() => NaN) };
  const upper: number[] = [];
  const lower: number[] = [];
  for (let bar = n - 1; bar < high!.length; bar++) {
    const middle = (high![bar]! + low![bar]!) / 2;
    upper[bar] = middle + factor * ranges[bar]!;
    lower[bar] = middle - factor * ranges[bar]!;
    if (bar === n - 1) {
      out.direction[bar] = 1;
    } else {
      if (upper[bar]! > upper[bar - 1]! && close![bar - 1]! <= upper[bar - 1]!) upper[bar] = upper[bar - 1]!;
      if (lower[bar]! < lower[bar - 1]! && close![bar - 1]! >= lower[bar - 1]!) lower[bar] = lower[bar - 1]!;
      const falling = out.direction[bar - 1] === 1;
      const turns = falling ? close![bar]! > upper[bar]! : close![bar]! < lower[bar]!;
      out.direction[bar] = falling === turns ? -1 : 1;
    }
    out.line[bar] = out.direction[bar] === 1 ? upper[bar]! : lower[bar]!;
  }
  return out;
}

interface Stop {
  readonly at: number;
  readonly side: 1 | -1;
  readonly extreme: number;
  readonly speed: number;
}

/** Wilder's parabolic, one side written for both: prices times −1 turn a fall into a rise. */
function parabolic([high, low, close]: Columns, [start, inc, max]: readonly number[]): number[] {
  const out = high!.map(() => NaN);
  if (high!.length < 2) return out;
  const far = (side: number, bar: number): number => (side > 0 ? high![bar]! : low![bar]!); // the bar's end in the trend's direction
  const near = (side: number, bar: number): number => (side > 0 ? low![bar]! : high![bar]!);
  const side = close![1]! > close![0]! ? 1 : -1;
  let stop: Stop = { at: near(side, 0), side, extreme: far(side, 1), speed: start! };
  for (let bar = 1; bar < high!.length; bar++) {
    const moved = stop.at + stop.speed * (stop.extreme - stop.at);
    const touched = stop.side * moved > stop.side * near(stop.side, bar);
    if (touched) {
      const other = stop.side === 1 ? -1 : 1;
      const reached = stop.side * Math.max(stop.side * far(stop.side, bar), stop.side * stop.extreme);
      stop = { at: reached, side: other, extreme: far(other, bar), speed: start! };
    } else if (bar > 1 && stop.side * far(stop.side, bar) > stop.side * stop.extreme) {
      stop = { ...stop, at: moved, extreme: far(stop.side, bar), speed: Math.min(max!, stop.speed + inc!) };
    } else stop = { ...stop, at: moved };
    const kept = [stop.at, near(stop.side, bar - 1), near(stop.side, Math.max(0, bar - 2))];
    stop = { ...stop, at: stop.side > 0 ? Math.min(...kept) : Math.max(...kept) };
    out[bar] = stop.at;
  }
  return out;
}

const vortex = (inputs: Columns, moves: readonly number[], n: number): number[] =>
  zip([sums(moves, n), sums(laterTrueRange(inputs), n)], (move, range) => move / range);

export const TREND_TWINS: Readonly<Record<string, Twin>> = {
  adx: (inputs, [n]) => adx(inputs, n!),
  plusdi: (inputs, [n]) => direction(inputs, ups(inputs), n!),
  minusdi: (inputs, [n]) => direction(inputs, downs(inputs), n!),
  vortexplus: (inputs, [n]) =>
    vortex(
      inputs,
      zip([inputs[0]!, back(inputs[1]!, 1)], (h, l1) => Math.abs(h - l1)),
      n!,
    ),
  vortexminus: (inputs, [n]) =>
    vortex(
      inputs,
      zip([inputs[1]!, back(inputs[0]!, 1)], (l, h1) => Math.abs(l - h1)),
      n!,
    ),
  supertrend: (inputs, [factor, n]) => supertrend(inputs, factor!, n!).line,
  supertrenddir: (inputs, [factor, n]) => supertrend(inputs, factor!, n!).direction,
  psar: (inputs, params) => parabolic(inputs, params),
  tenkan: (inputs, [n]) => channelMiddle(inputs, n!),
  kijun: (inputs, [n]) => channelMiddle(inputs, n!),
  senkoua: (inputs, [fast, slow, shift]) =>
    back(
      zip([channelMiddle(inputs, fast!), channelMiddle(inputs, slow!)], (a, b) => (a + b) / 2),
      shift!,
    ),
  senkoub: (inputs, [n, shift]) => back(channelMiddle(inputs, n!), shift!),
};
