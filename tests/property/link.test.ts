import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/core/base64url.ts';
import { ENGINE_VERSION } from '../../src/core/version.ts';
import { decodeLink, encodeLink } from '../../src/document/link.ts';
import { readParts, writeParts } from '../../src/document/link-text.ts';
import { parseDocument } from '../../src/document/schema.ts';
import { SELECTABLE_KEYS } from '../../src/metrics/columns.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
import { must } from '../support/outcome.ts';
import { zlibCodec } from '../support/zlib-codec.ts';

const runs = { numRuns: process.env['LONG'] === '1' ? 5_000 : 200 };
vi.setConfig({ testTimeout: 120_000 });

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const name = fc
  .oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/), text)
  .filter((key) => key !== '' && key !== 'prototype' && !(key in Object.prototype));
const fraction = fc.double({ min: 0, max: 0.99, noNaN: true }).map((x) => x + 0);
const date = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
// A list of texts that look like numbers opens as numbers, which mean the same.
const word = fc
  .oneof(
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    text,
  )
  .filter((value) => typeof value !== 'string' || (String(Number(value)) !== value && value !== 'true' && value !== 'false'));

const cut = { from: fc.option(date, { nil: undefined }), to: fc.constant(undefined) };
const data = fc.oneof(
  fc.record({ sample: fc.constantFrom('daily', 'hourly', 'minute'), hash: fc.option(hash, { nil: undefined }), ...cut }),
  fc.record({
    generate: fc.record({
      kind: fc.constantFrom('equity', 'fx', 'crypto'),
      seed: fc.maxSafeNat(),
      bars: fc.integer({ min: 2, max: 2e6 }),
    }),
    ...cut,
  }),
  fc.record({
    file: fc.record({ name: text, symbol: text, hash, from: date, to: date, bars: fc.integer({ min: 2, max: 2 ** 31 - 1 }) }),
    ...cut,
  }),
);

const ranged = fc.oneof(
  fc.constantFrom('0..0.002 by 0.0005', '0.01..1 log 5', '0, 0.1'),
  fc.array(fraction, { minLength: 1, maxLength: 4 }),
);
const setting = fc.oneof(fraction, ranged);
const size = fc.oneof(fc.double({ min: 0.01, max: 1, noNaN: true }), ranged);

const document = fc.record(
  {
    strategy: fc.oneof(
      fc.constantFrom(...BUILT_INS.map((builtIn) => builtIn.name)),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    ),
    space: fc.dictionary(name, fc.oneof(text, fc.array(word, { minLength: 1, maxLength: 5 })), { maxKeys: 4 }),
    data,
    execution: fc.record(
      {
        fill: fc.constantFrom('nextOpen', 'close'),
        onOpposite: fc.constantFrom('reverse', 'exit', 'ignore'),
        atEnd: fc.constantFrom('close', 'mark'),
        sides: fc.constantFrom('both', 'long', 'short'),
        insideBar: fc.constantFrom('pessimistic', 'optimistic', 'nearest'),
        commission: fc.record({ relative: setting, fixed: setting, perUnit: setting, minimum: setting }, { requiredKeys: [] }),
        slippage: setting,
        slippageTicks: setting,
        tickSize: fraction,
        halfSpread: setting,
        funding: fc.record({ short: setting, leverage: setting }, { requiredKeys: [] }),
        lotStep: setting,
        maintenance: setting,
        capital: fc.double({ min: 1e-9, max: 1e15, noNaN: true }),
        sizing: fc.record(
          {
            kind: fc.constantFrom('equity', 'cash', 'units', 'risk', 'volatility'),
            fraction: size,
            cash: size,
            units: size,
            risk: size,
            volatility: size,
          },
          { requiredKeys: [] },
        ),
        units: fc.constantFrom('fractional', 'whole'),
      },
      { requiredKeys: [] },
    ),
    scoring: fc.record(
      {
        start: fc.oneof(fc.constantFrom('commonWarmup', 'firstBar'), fc.nat()),
        returns: fc.constantFrom('auto', 'bar', 'day'),
        periodsPerYear: fc.oneof(fc.constant('auto'), fc.double({ min: 0.1, max: 1e6, noNaN: true })),
      },
      { requiredKeys: [] },
    ),
    objective: fc.oneof(fc.constantFrom<string>(...SELECTABLE_KEYS), fc.constant('sharpe * min(1, trades / 100)')),
    metrics: fc.shuffledSubarray([...SELECTABLE_KEYS], { minLength: 1 }),
  },
  { requiredKeys: [] },
);

const view = fc
  .record(
    { metric: text, x: text, y: text, fold: text, at: fc.dictionary(name, text, { minKeys: 1, maxKeys: 3 }) },
    { requiredKeys: [] },
  )
  .map((all) => structuredCloneOf(all));

/** Without keys whose value is undefined, and with plain prototypes, as JSON has it. */
function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

it('opens every study as it was', async () => {
  await fc.assert(
    fc.asyncProperty(document, view, async (said, seen) => {
      const study = must(parseDocument(structuredCloneOf(said)));
      const link = must(await encodeLink(study, seen, zlibCodec));
      expect(link).toMatch(/^[\w.~!*'()%:,+=&-]*$/);
      expect(must(await decodeLink(link, zlibCodec))).toEqual({ document: study, view: seen, version: ENGINE_VERSION });
    }),
    runs,
  );
});

it('never throws, whatever the fragment', async () => {
  const key = fc.constantFrom(
    's',
    'z',
    'd',
    'g',
    'f',
    'fh',
    'fr',
    'fn',
    'from',
    'fill',
    'fee',
    'mk',
    'o',
    'p.fast',
    'at.x',
    'v',
    'start',
  );
  const pair = fc
    .tuple(key, fc.oneof(text, fc.string({ unit: 'binary' }), fc.constantFrom('%', '%ff', ',', ',,', '1', 'daily')))
    .map(([k, v]) => `${k}=${v}`);
  const fragment = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pair, { maxLength: 6 }).map((pairs) => pairs.join('&')),
  );
  await fc.assert(
    fc.asyncProperty(fragment, async (hostile) => {
      const outcome = await decodeLink(hostile, zlibCodec);
      if (outcome.ok) expect(must(parseDocument(outcome.value.document))).toEqual(outcome.value.document);
      else expect(outcome.faults).toHaveLength(1);
    }),
    runs,
  );
});

it('never throws, whatever the document', () => {
  const json = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        barsweep: fc.constant(1),
        data: fc.jsonValue(),
        space: fc.jsonValue(),
        execution: fc.jsonValue(),
        metrics: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(json, (hostile) => {
      const outcome = parseDocument(hostile);
      if (outcome.ok) expect(must(parseDocument(JSON.parse(JSON.stringify(outcome.value))))).toEqual(outcome.value);
      else for (const { message } of outcome.faults) expect(message.length).toBeLessThan(300);
    }),
    runs,
  );
});

it('reads every list of parts that it writes', () => {
  const value = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 4 }));
  const parts = fc.uniqueArray(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), value), { selector: ([key]) => key });
  fc.assert(
    fc.property(parts, (all) => {
      expect([...must(readParts(writeParts(all)))]).toEqual(all);
    }),
    runs,
  );
});

it('reads the bytes that it writes in base64url, and only in one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const written = toBase64url(bytes);
      expect(written).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(written)).toEqual(bytes);
      expect(fromBase64url(`${written}=`)).toBeNull();
    }),
    runs,
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[\w-]{0,12}$/), (letters) => {
      const bytes = fromBase64url(letters);
      if (bytes !== null) expect(toBase64url(bytes)).toBe(letters);
    }),
    runs,
  );
});
