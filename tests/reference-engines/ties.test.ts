import { expect, test } from 'vitest';
import { evaluatePlain } from '../../src/kernel/plain-plan.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import type { NodeId } from '../../src/strategy/plan.ts';
import { valueOf } from '../support/kernel.ts';
import { present, pricesOf, readResults, type TieFile } from './files.ts';
import { MEMORY_CROSS, TRANSLATIONS } from './strategies.ts';

test.runIf(present)(
  'averages that meet exactly: the crossings of exact arithmetic, by both rules',
  () => {
    const strict = valueOf(compileStrategy(TRANSLATIONS['sma_long']!.text));
    const memory = valueOf(compileStrategy(MEMORY_CROSS));
    const { sets } = readResults('ties-sma-cross.json') as TieFile;
    let crossings = 0;
    let ties = 0;
    for (const { dataFile, bars: count, cases } of sets) {
      const bars = pricesOf(dataFile, count);
      for (const { fast, slow, tieBars, strictUp, strictDown, memoryUp, memoryDown } of cases) {
        for (const [plan, up, down] of [
          [strict, strictUp, strictDown],
          [memory, memoryUp, memoryDown],
        ] as const) {
          const plain = evaluatePlain(plan, bars, [fast, slow]);
          const barsOf = (rule: NodeId | null): number[] =>
            Array.from(plain.condition(rule!)).flatMap((is, bar) => (is === 1 ? [bar] : []));
          expect([barsOf(plan.rules.enterLong), barsOf(plan.rules.exitLong)], `${dataFile} ${fast} ${slow}`).toEqual([
            up,
            down,
          ]);
          crossings += up.length + down.length;
        }
        ties += tieBars.length;
      }
    }
    console.log(`ties-sma-cross.json: ${sets.length} files, ${ties} ties, ${crossings} crossings, 0 mismatches`);
    expect(ties).toBeGreaterThan(0);
  },
  60_000,
);
