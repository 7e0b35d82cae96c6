import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { encodeLink } from '../../src/document/link.ts';
import { LINK_FIELDS, OTHER_FIELDS } from '../../src/document/link-fields.ts';
import { resolveStudy } from '../../src/document/resolve.ts';
import { defaultDocument } from '../../src/document/document.ts';
import { DATA_FORMS, parseDocument, SCHEMA } from '../../src/document/schema.ts';
import { SETTINGS } from '../../src/strategy/settings.ts';
import { must } from '../support/outcome.ts';
import { zlibCodec } from '../support/zlib-codec.ts';

/** What this page needs of a schema of any kind. */
interface Node {
  readonly type: string;
  readonly message?: unknown;
  readonly default?: unknown;
  readonly wrapped?: Node; // of an optional or nullable key
  readonly pipe?: readonly (Node & { readonly description?: string; readonly metadata?: { readonly advice?: string } })[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly options?: readonly (string | Node)[];
  readonly value?: Node; // of a record
}

type Row = readonly [key: string, values: string, normal: string, meaning: string];

const EXAMPLE = {
  barsweep: 1,
  strategy: 'ma-cross',
  space: { fast: '5..50 by 1', slow: '20..200 by 5', kind: ['ema', 'sma'] },
  data: { sample: 'daily', from: '2015-01-01' },
  execution: { fill: 'nextOpen', commission: { relative: 0.001, fixed: 0 } },
  objective: 'sharpe',
  metrics: ['sharpe', 'totalReturn', 'maxDrawdown', 'trades'],
};

function rowsOf(node: Node, path: string, normal: string | null): Row[] {
  if (node.wrapped !== undefined) {
    const said = node.type === 'nullable' || node.default === undefined ? normal : defaultText(path);
    return rowsOf(node.wrapped, path, said);
  }
  if (node.entries !== undefined) {
    return Object.entries(node.entries).flatMap(([key, inner]) =>
      rowsOf(inner, path === '' ? key : `${path}.${key}`, inner.type.endsWith('optional') ? '' : null),
    );
  }
  if (node.type === 'lazy' && path === 'data')
    return [[path, 'an object of one of the forms below', 'the daily sample', 'where the bars come from']];
  if (node.type === 'record') {
    const values = valuesOf(node.value!, path);
    return [[`${path}.NAME`, values, "the text's own range", meaningOf(node)]];
  }
  return [[path, valuesOf(node, path), normal ?? 'must be there', meaningOf(node)]];
}

function defaultText(path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], defaultDocument());
  if (path === 'metrics') return 'the first 18 of [the table](metrics.md)';
  return value === undefined ? '' : `\`${JSON.stringify(value)}\``;
}

/** What a person is told who wrote something else. */
function valuesOf(node: Node, path: string): string {
  if (path === 'objective')
    return 'a [metric key](metrics.md), or an expression over metrics such as `"sharpe * min(1, trades / 100)"`';
  if (node.type === 'picklist') return node.options!.map((option) => `\`${JSON.stringify(option)}\``).join(' ');
  const setting = node.pipe?.find(({ metadata }) => metadata?.advice !== undefined)?.metadata?.advice;
  if (setting !== undefined) return `${setting.replace(/^Write /, '').replace(/\.$/, '')}; may be swept`;
  const advice = [node, ...(node.pipe ?? [])].map(({ message }) => message).filter((message) => typeof message === 'string');
  const told = node.type === 'array' ? advice[0]! : advice.at(-1)!;
  return told.replace(/^Write /, '').replace(/\.$/, '');
}

function meaningOf({ pipe = [] }: Node): string {
  return pipe.find(({ type }) => type === 'description')?.description ?? '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const schemaTable = (node: Node, path: string): string =>
  table(
    ['Key', 'Values', 'Default', 'Meaning'],
    rowsOf(node, path, null).map(([key, ...rest]) => [`\`${key}\``, ...rest]),
  );

async function page(): Promise<string> {
  const example = must(parseDocument(EXAMPLE));
  const view = { metric: 'sharpe', x: 'fast', y: 'slow', at: { kind: 'ema' } };
  const link = must(await encodeLink(example, view, zlibCodec));
  const text = `# The study document

One JSON document says everything that decides the results of a study, and nothing else. The page, the link and the command line
read and write the same one. This page is written from its schema, \`src/document/schema.ts\`
(\`UPDATE_DOCS=1 npx vitest run tests/unit/study-document-docs.test.ts\`).

\`\`\`json
${JSON.stringify(EXAMPLE, null, 2)}
\`\`\`

Every key may be missing and then has its default. A key that is not listed here is refused by its name, at every level. A fraction
of 0.001 is 0.1 %; money is in the account's currency.

${schemaTable(SCHEMA, '')}

## Where the bars come from

\`data\` has one of three forms. \`from\` and \`to\` cut the bars in each of them, both dates included. A hash says which bars the sender
had; results on other bars differ, and the page says so.

A bundled, synthetic sample:

${schemaTable(DATA_FORMS.sample, 'data')}

Synthetic bars made on the spot, the same on every machine:

${schemaTable(DATA_FORMS.generate, 'data')}

A file that its owner drops on the page or names on the command line; the document only says which one:

${schemaTable(DATA_FORMS.file, 'data')}

## Ranges

The strategy text gives each parameter its values; \`space\` replaces them. The spelling is the same in the text, in the form, here and
in a link.

${table(
  ['Spelling', 'Values'],
  [
    [
      '`"5..50 by 1"`',
      'both ends included; steps are exact decimals, and a step that does not divide the range ends below its high end',
    ],
    [
      '`"1..1000 log 13"`',
      '13 values in equal ratios, both ends included; whole numbers without repeats if both ends are whole',
    ],
    ['`[5, 10, 20]`, `"5, 10, 20"`', 'these numbers, in this order'],
    ['`"14"`, `[14]`', 'one number: the parameter is held'],
    ['`["ema", "sma"]`', 'these names of a `choice`, in this order'],
    ['`[true]`', 'this value of a flag'],
  ],
)}

Trials are numbered over all combinations, the first parameter of the text varying slowest; a trial that a \`require\` line excludes
keeps its number.

### Costs and sizes as axes

Wherever the table above says "may be swept", a range or a list of numbers may stand in place of the number:
\`"commission": { "relative": "0..0.002 by 0.0005" }\`. It becomes an axis after the parameters of the text, in this order:
${SETTINGS.map(({ path, axis }) => `\`${axis}\` (\`${path}\`)`).join(', ')}. Where the text has a parameter of that name, the axis is called \`NAME_setting\`. A
range of one value is that value and no axis.

## The link

The part of the address behind \`#\` holds the same document, in at most 32 000 characters. It is never sent to a server. The example
above, with a view:

\`\`\`text
#${link}
\`\`\`

Pairs are joined by \`&\`, a space is \`+\`, the rest is escaped as in every address. Only what differs from the default is written. A key
stands once; an unknown one is refused.

${table(
  ['Key', 'Says'],
  OTHER_FIELDS.map(([key, meaning]) => [`\`${key}\``, meaning]),
)}

These stand for single keys of the document:

${table(
  ['Key', 'Stands for'],
  LINK_FIELDS.map(({ key, path }) => [`\`${key}\``, `\`${path.join('.')}\``]),
)}
`;
  const file = new URL('../../docs/study-document.md', import.meta.url).pathname;
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}

test('the example is a study that can run', () => {
  expect(resolveStudy(must(parseDocument(EXAMPLE))).ok).toBe(true);
});

test('every key and value of the schema has its words', () => {
  const rows = [SCHEMA, ...Object.values(DATA_FORMS)].flatMap((schema) => rowsOf(schema as unknown as Node, '', null));
  for (const [key, values, , meaning] of rows) expect([key, values === '', meaning === '']).toEqual([key, false, false]);
});

test('every key of the document has a key in the link', () => {
  const own = ['barsweep', 'strategy', 'space.NAME', 'data'];
  const keys = rowsOf(SCHEMA as unknown as Node, '', null).map(([key]) => key);
  const linked = LINK_FIELDS.map(({ path }) => path.join('.')).filter((path) => !path.startsWith('data.'));
  expect([...linked, ...own].sort()).toEqual([...keys].sort());
});

test('docs/study-document.md says what the schema says', async () => {
  const file = new URL('../../docs/study-document.md', import.meta.url);
  const written = await page();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, written);
  expect(readFileSync(file, 'utf8')).toBe(written);
});
