import * as v from 'valibot';
import { fault, failed, ok, type Fault, type Outcome } from '../core/fault.ts';
import { parseIsoDate } from '../bars/calendar.ts';
import { MAX_GENERATED_BARS } from '../bars/spec.ts';
import { MAX_FAULTS, MAX_TEXT } from '../language/limits.ts';
import { didYouMean } from '../language/suggest.ts';
import { STORABLE_KEYS } from '../metrics/columns.ts';
import { readObjective } from '../metrics/objective.ts';
import { MAX_LISTED } from '../space/make-axis.ts';
import { DEFAULT_SAMPLE, defaultDocument, DOCUMENT_VERSION, type StudyDocument } from './document.ts';
import { EXECUTION } from './execution-schema.ts';
import { keyFault, objectiveAdvice, shown, unknownKey } from './keys.ts';
import { amount, asText, pick, SPELLED } from './schema-parts.ts';
import { SEARCH } from './search-schema.ts';

const DEFAULT = defaultDocument();

// The message of each check is the advice that a person gets; `faultOf` adds the value and the key.
const text = (what: string, most: number) =>
  v.pipe(v.string('Write a text.'), v.maxLength(most, `Write at most ${most} characters.`), v.description(what));
const date = (what: string, advice = 'Write a date such as "2015-01-31".') => {
  return v.pipe(
    v.string(advice),
    v.check((at) => !Number.isNaN(parseIsoDate(at)), advice),
    v.description(what),
  );
};
const hash = () =>
  v.pipe(
    v.string('Write 64 hexadecimal digits.'),
    v.regex(/^[0-9a-f]{64}$/, 'Write 64 hexadecimal digits.'),
    v.description('SHA-256 of the bars'),
  );

const DATE_OR_NULL = 'Write a date such as "2015-01-31", or null.';
const cut = {
  from: v.exactOptional(v.nullable(date('first date used; null is the first there is', DATE_OR_NULL))),
  to: v.exactOptional(v.nullable(date('last date used; null is the last there is', DATE_OR_NULL))),
};
const seed = amount('of the random numbers', 'Write a whole number from 0 on.', (x) => Number.isSafeInteger(x) && x >= 0);
const count = (most: number, least = 2) =>
  amount(
    'how many there are',
    `Write a whole number from ${least} to ${most}.`,
    (x) => Number.isInteger(x) && x >= least && x <= most,
  );

const sample = v.strictObject({
  sample: v.optional(pick('a bundled synthetic market', ['daily', 'hourly', 'minute']), DEFAULT_SAMPLE),
  hash: v.exactOptional(hash()),
  ...cut,
});
const generate = v.strictObject({
  generate: v.strictObject({
    kind: pick('what the synthetic bars resemble', ['equity', 'fx', 'crypto']),
    seed,
    bars: count(MAX_GENERATED_BARS),
  }),
  hash: v.exactOptional(hash()),
  ...cut,
});
const ANSWER = 'Write a text, such as "dmy".';
const file = v.strictObject({
  file: v.strictObject({
    name: text('of the file, for people', 255),
    symbol: text('of the market, for people', 64),
    hash: hash(),
    from: date('of the first bar'),
    to: date('of the last bar'),
    bars: count(2 ** 31 - 1),
    answers: v.exactOptional(
      v.pipe(
        v.record(v.pipe(v.string(), v.maxLength(64, ANSWER)), v.pipe(v.string(ANSWER), v.maxLength(500, ANSWER))),
        v.check((answers) => Object.keys(answers).length <= 100, 'Keep at most 100 answers.'),
        v.description('how the file is to be read, where it leaves a choice: see docs/price-files.md'),
      ),
    ),
  }),
  ...cut,
});
export const DATA_FORMS = { sample, generate, file } as const;
const FORMS = ['sample', 'generate', 'file'] as const;

const word = v.union([v.pipe(v.string(), v.maxLength(200, SPELLED)), v.number(), v.boolean()], SPELLED);
const spelled = v.union(
  [
    v.pipe(v.string(), v.maxLength(2000, SPELLED)),
    v.pipe(v.array(word), v.minLength(1, SPELLED), v.maxLength(MAX_LISTED, SPELLED)),
  ],
  SPELLED,
);

const START = 'Write "commonWarmup", "firstBar" or a bar number, 0 for the first.';
const PERIODS = 'Write "auto" or a number above 0.';

export const SCHEMA = v.strictObject({
  barsweep: v.optional(
    v.pipe(v.literal(DOCUMENT_VERSION, `Write ${DOCUMENT_VERSION}.`), v.description('version of this document')),
    DEFAULT.barsweep,
  ),
  strategy: v.optional(text("a built-in's name, or a whole strategy text", MAX_TEXT), DEFAULT.strategy),
  space: v.optional(
    v.pipe(v.record(v.string(), spelled), v.description("ranges in place of the text's, by parameter")),
    DEFAULT.space,
  ),
  data: v.optional(
    v.lazy((input) => {
      const form = FORMS.find((key) => typeof input === 'object' && input !== null && Object.hasOwn(input, key));
      return DATA_FORMS[form ?? 'sample'];
    }),
    {},
  ),
  execution: EXECUTION,
  scoring: v.optional(
    v.strictObject({
      start: v.optional(
        v.pipe(
          v.union(
            [v.picklist(['commonWarmup', 'firstBar']), v.pipe(v.number(), v.integer(START), v.minValue(0, START))],
            START,
          ),
          v.description('first scored bar'),
        ),
        DEFAULT.scoring.start,
      ),
      returns: v.optional(
        pick('what a return is measured over; auto is the day for bars shorter than one', ['auto', 'bar', 'day']),
        DEFAULT.scoring.returns,
      ),
      periodsPerYear: v.optional(
        v.pipe(
          v.union([v.literal('auto'), v.pipe(v.number(), v.finite(PERIODS), v.gtValue(0, PERIODS))], PERIODS),
          v.description('returns per year; auto counts them'),
        ),
        DEFAULT.scoring.periodsPerYear,
      ),
    }),
    {},
  ),
  objective: v.optional(
    v.pipe(
      v.string('Write a metric key or an expression.'),
      v.rawCheck(({ dataset, addIssue }) => {
        const read = dataset.typed ? readObjective(dataset.value) : null;
        if (read?.ok === false) addIssue({ message: objectiveAdvice(dataset.value, read.faults[0]) });
      }),
      v.description('the metric, or the expression over metrics, that trials are ranked by'),
    ),
    DEFAULT.objective,
  ),
  search: v.optional(SEARCH, {}),
  metrics: v.optional(
    v.pipe(
      v.array(
        v.picklist(STORABLE_KEYS, ({ input }) =>
          didYouMean(asText(input), STORABLE_KEYS, `Metric keys are ${STORABLE_KEYS.join(', ')}.`),
        ),
        'Write a list of metric keys.',
      ),
      v.check((keys) => keys.length > 0 && new Set(keys).size === keys.length, 'Name each metric once, and at least one.'),
      v.description('metrics that are stored; `blockMoments` is [a group of columns](metrics.md#block-moments)'),
    ),
    () => [...DEFAULT.metrics],
  ),
});

/** Reads a document from outside: unknown keys are refused by name, missing ones take their defaults. */
export function parseDocument(json: unknown): Outcome<StudyDocument> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return failed(
      fault('document_shape', `A study document is an object, this is ${shown(json)}.`, 'Begin with `{"barsweep": 1`.'),
    );
  }
  const wrong = wrongVersion(json) ?? wrongShape(SCHEMA, json, []) ?? twoSources(json);
  if (wrong !== null) return failed(wrong);
  const read = v.safeParse(SCHEMA, json);
  if (!read.success) {
    const [first, ...more] = read.issues.slice(0, MAX_FAULTS).map(faultOf);
    return failed(first!, ...more);
  }
  const document: StudyDocument = read.output;
  const { from, to } = document.data;
  if (from != null && to != null && from > to) {
    const message = `The bars would start on ${from} and end before it, on ${to}.`;
    return failed(keyFault('document_dates', message, 'Exchange the two dates.', 'data.to'));
  }
  return ok(document);
}

function wrongVersion({ barsweep }: { readonly barsweep?: unknown }): Fault | null {
  if (typeof barsweep !== 'number' || !Number.isInteger(barsweep) || barsweep <= DOCUMENT_VERSION) return null;
  const message = `This study document is of version ${barsweep}, this program reads version ${DOCUMENT_VERSION}.`;
  return keyFault('document_version', message, 'Open it with a newer Barsweep.', 'barsweep');
}

function twoSources({ data }: { readonly data?: unknown }): Fault | null {
  if (typeof data !== 'object' || data === null) return null;
  const [first, second] = FORMS.filter((form) => Object.hasOwn(data, form));
  if (first === undefined || second === undefined) return null;
  const message = `\`${first}\` and \`${second}\` name different bars.`;
  return keyFault('document_data', message, 'Keep one of them.', 'data');
}

function faultOf(issue: v.BaseIssue<unknown>): Fault {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const where = path.join('.');
  if (issue.type !== 'strict_object') {
    return keyFault('document_value', `${shown(issue.input)} cannot stand here.`, issue.message, where);
  }
  if (issue.expected === 'Object') {
    return keyFault('document_value', `${shown(issue.input)} cannot stand here.`, 'Write an object.', where);
  }
  const keys = keysBeside(issue.path!);
  if (issue.expected === 'never') return unknownKey(path, keys);
  return keyFault('document_missing', `${shown(path.at(-1))} is missing.`, `Keys here are ${keys.join(', ')}.`, where);
}

interface SchemaNode {
  readonly type: string;
  readonly wrapped?: SchemaNode; // of an optional or nullable one
  readonly getter?: (input: unknown) => SchemaNode; // of a lazy one
  readonly entries?: Readonly<Record<string, SchemaNode>>; // of an object
}

/** The schema that judges `value`. */
function judgeOf(schema: SchemaNode, value: unknown): SchemaNode {
  if (schema.wrapped !== undefined) return judgeOf(schema.wrapped, value);
  return schema.getter === undefined ? schema : judgeOf(schema.getter(value), value);
}

/** Keys that may stand beside the last key of the path, itself included. */
function keysBeside(path: readonly v.IssuePathItem[]): string[] {
  let entries: SchemaNode['entries'] = {};
  let schema: SchemaNode | undefined = SCHEMA;
  for (const { key, input } of path) {
    entries = schema === undefined ? {} : (judgeOf(schema, input).entries ?? {});
    schema = entries[String(key)];
  }
  return Object.keys(entries);
}

/**
 * What the schema's own look-ups would mistake for something it knows: a key that every object inherits, a list in place of an
 * object.
 */
function wrongShape(schema: SchemaNode, value: unknown, path: readonly string[]): Fault | null {
  const { entries, type } = judgeOf(schema, value);
  if ((entries === undefined && type !== 'record') || typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    return keyFault('document_value', `${shown(value)} cannot stand here.`, 'Write an object.', path.join('.'));
  }
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, key];
    // Records drop `prototype` in silence.
    if (key in Object.prototype || key === 'prototype') return unknownKey(here, Object.keys(entries ?? {}));
    const next = entries?.[key];
    const wrong = next === undefined ? null : wrongShape(next, inner, here);
    if (wrong !== null) return wrong;
  }
  return null;
}
