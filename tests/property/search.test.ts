import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Archive } from '../../src/search/archive.ts';
import { measure, together } from '../../src/search/generation.ts';
import type { Batch } from '../../src/search/method.ts';
import { Ranking } from '../../src/search/methods/ranking.ts';
import { ranked } from '../../src/search/methods/trials.ts';
import { scaleOf } from '../../src/search/scale.ts';
import { makeChoiceAxis, makeListAxis } from '../../src/space/make-axis.ts';
import { plainDiversity, plainRanking, type PlainMember } from '../reference/search.ts';
import { must } from '../support/outcome.ts';
import { wholeAxis } from '../support/space.ts';

const member = fc.record({
  entry: fc.nat({ max: 40 }),
  score: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(-Infinity), fc.double({ noNaN: true })),
});

function rankingOf(came: readonly PlainMember[], most: number): PlainMember[] {
  const ranking = new Ranking(most);
  for (const { entry, score } of came) ranking.add(entry, score);
  return Array.from({ length: ranking.count }, (_, k) => ({ entry: ranking.entries[k]!, score: ranking.scores[k]! }));
}

describe('a ranking', () => {
  it('keeps what sorting all that came would keep, also where a trial comes again with another score', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 120 }), fc.integer({ min: 1, max: 50 }), (came, most) => {
        const kept = rankingOf(came, most);
        expect(kept).toEqual(plainRanking(came, most));
        expect(kept).toEqual(ranked(came).slice(0, most));
      }),
      { numRuns: 500 },
    );
  });

  it('is not the first ones that came, nor those of another order', () => {
    const came = [
      { entry: 1, score: 1 },
      { entry: 2, score: 3 },
      { entry: 3, score: 2 },
    ];
    expect(rankingOf(came, 2)).not.toEqual(came.slice(0, 2));
    expect(rankingOf(came, 2)).toEqual([came[1], came[2]]);
  });

  it('is empty again once it is cleared', () => {
    const ranking = new Ranking(3);
    ranking.add(1, 1);
    ranking.clear();
    ranking.add(1, 0);
    expect([ranking.count, ranking.scores[0]]).toEqual([1, 0]);
  });
});

describe('the archive', () => {
  const trial = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }), fc.constantFrom(0, 1));

  it('finds what a plain map finds, after it grew and after it forgot', () => {
    fc.assert(
      fc.property(fc.array(trial, { minLength: 1, maxLength: 60 }), fc.nat(), fc.boolean(), (asked, cut, large) => {
        const archive = new Archive(2);
        // Far trials first, so that its table has grown.
        if (large) for (let k = 0; k < 1500; k++) archive.add([100 + k, k]);
        const first = archive.count;
        const plain = new Map<string, number>();
        for (const [a, b, market] of asked) {
          const name = `${a} ${b} ${market}`;
          expect(archive.find([a, b], market)).toBe(plain.get(name) ?? -1);
          if (!plain.has(name)) plain.set(name, archive.add(Int32Array.of(a, b), market));
        }
        const left = first + (cut % plain.size);
        archive.truncate(left);
        for (const [a, b, market] of asked) {
          const entry = plain.get(`${a} ${b} ${market}`)!;
          expect(archive.find([a, b], market)).toBe(entry < left ? entry : -1);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('what a generation gave', () => {
  const axes = [
    must(makeChoiceAxis('kind', ['sma', 'ema', 'wma'])),
    must(makeListAxis('days', ['20', '5', '10', '7'], '5')),
    wholeAxis('one', 3, 3),
    wholeAxis('n', 1, 30),
  ];
  const scales = axes.map(scaleOf);
  const positions = fc.tuple(...axes.map(({ size }) => fc.nat({ max: size - 1 })));

  it('is that of the plain sums, in one piece or two', () => {
    const scored = fc.tuple(positions, fc.constantFrom(-Infinity, 0, 1, 2.5));
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 40 }), fc.nat(), (given, cut) => {
        const archive = new Archive(axes.length);
        const batch = (part: typeof given): Batch => ({
          entries: part.map(([trial]) => archive.add(trial)),
          scores: Float64Array.from(part, ([, score]) => score),
          fresh: part.length,
        });
        const at = cut % (given.length + 1);
        const whole = together([batch(given.slice(0, at)), batch(given.slice(at))]);
        const found = measure(3, whole, archive, scales, 90, 0.5);
        const scores = given.map(([, score]) => score);
        const sorted = [...scores].sort((a, b) => (a < b ? -1 : 1));
        expect(found).toMatchObject({ index: 3, end: 90, fresh: given.length, best: Math.max(...scores) });
        expect(found.median).toBe(sorted[(sorted.length - 1) >> 1]);
        expect(found.bestSoFar).toBe(Math.max(0.5, ...scores));
        expect(found.diversity).toBeCloseTo(
          plainDiversity(
            given.map(([trial]) => trial),
            scales,
          ),
          12,
        );
      }),
      { numRuns: 200 },
    );
  });
});
