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
    let from = holes === 'reads' ? 0 : nextBar(inputs, 0, bars, true);
    while (from < bars) {
      const to = holes === 'reads' ? bars : nextBar(inputs, from, bars, false);
      compute(inputs, params, out, from, to, context.decimals);
      releaseScratch(mark);
      from = holes === 'reads' ? bars : nextBar(inputs, to, bars, true);
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

/** First bar from `from` on at which all inputs are finite (`finite`), or at which one is not; `bars` if there is none. */
function nextBar(inputs: readonly Float64Array[], from: number, bars: number, finite: boolean): number {
  for (let i = from; i < bars; i++) {
    let all = true;
    for (let k = 0; k < inputs.length; k++) {
      const x = inputs[k]![i]!;
      if (x - x !== 0) all = false;
    }
    if (all === finite) return i;
  }
  return bars;
}
