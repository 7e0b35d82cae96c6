import { allows, type Compute, type Indicator, type RunCompute } from './indicator.ts';
import { borrowDoubles, releaseScratch, scratchInUse } from './scratch.ts';

/**
 * Checks the parameters, cuts the inputs into runs of finite values and computes each on its own. An input that shares memory with
 * the result is read from a copy.
 */
export function perRun({ params: descriptions, holes }: Indicator, compute: RunCompute): Compute {
  return (given, params, out, context) => {
    const bars = out.length;
    const before = scratchInUse();
    const inputs = given.some((input) => overlaps(input, out)) ? given.map(copyOf) : given;
    out.fill(NaN);
    for (let k = 0; k < descriptions.length; k++) {
      if (allows(descriptions[k]!, params[k] ?? NaN)) continue;
      releaseScratch(before);
      return;
    }
    const mark = scratchInUse();
    let from = holes === 'reads' ? 0 : firstFinite(inputs, 0, bars);
    while (from < bars) {
      const to = holes === 'reads' ? bars : firstHole(inputs, from, bars);
      compute(inputs, params, out, from, to, context.decimals);
      releaseScratch(mark);
      from = holes === 'reads' ? bars : firstFinite(inputs, to, bars);
    }
    releaseScratch(before);
  };
}

function overlaps(a: Float64Array, b: Float64Array): boolean {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

/** In scratch memory. */
function copyOf(input: Float64Array): Float64Array {
  const copy = borrowDoubles(input.length).subarray(0, input.length);
  copy.set(input);
  return copy;
}

/** First bar from `from` on at which all inputs are finite; `bars` if there is none. */
function firstFinite(inputs: readonly Float64Array[], from: number, bars: number): number {
  let bar = from;
  while (bar < bars && isHole(inputs, bar)) bar++;
  return bar;
}

function isHole(inputs: readonly Float64Array[], bar: number): boolean {
  for (const x of inputs) if (x[bar]! - x[bar]! !== 0) return true;
  return false;
}

/** First bar from `from` on at which an input is not finite; `bars` if there is none. */
function firstHole(inputs: readonly Float64Array[], from: number, bars: number): number {
  let end = bars;
  for (const x of inputs) end = endOfFinite(x, from, end);
  return end;
}

function endOfFinite(x: Float64Array, from: number, end: number): number {
  let i = from;
  // x − x is 0 where x is finite, otherwise NaN; four at a time, because every series of a study is looked through
  while (i + 4 <= end) {
    const sum = x[i]! - x[i]! + (x[i + 1]! - x[i + 1]!) + (x[i + 2]! - x[i + 2]!) + (x[i + 3]! - x[i + 3]!);
    if (sum !== 0) break;
    i += 4;
  }
  while (i < end && x[i]! - x[i]! === 0) i++;
  return i;
}
