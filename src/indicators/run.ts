import { allows, type Compute, type Indicator, type RunCompute } from './indicator.ts';
import { releaseScratch, scratchInUse } from './scratch.ts';

/** Checks the parameters, cuts the inputs into runs of finite values and computes each on its own. */
export function perRun({ params: descriptions, holes }: Indicator, compute: RunCompute): Compute {
  return (inputs, params, out, context) => {
    const bars = out.length;
    out.fill(NaN);
    for (let k = 0; k < descriptions.length; k++) if (!allows(descriptions[k]!, params[k] ?? NaN)) return;
    const mark = scratchInUse();
    let from = holes === 'reads' ? 0 : nextBar(inputs, 0, bars, true);
    while (from < bars) {
      const to = holes === 'reads' ? bars : nextBar(inputs, from, bars, false);
      compute(inputs, params, out, from, to, context.decimals);
      releaseScratch(mark);
      from = holes === 'reads' ? bars : nextBar(inputs, to, bars, true);
    }
  };
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
