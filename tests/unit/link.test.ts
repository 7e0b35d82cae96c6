import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, MAX_LINK, type Codec, type LinkView } from '../../src/document/link.ts';
import { defaultDocument, newDocument, type StudyDocument } from '../../src/document/document.ts';
import { parseDocument } from '../../src/document/schema.ts';
import { toBase64url } from '../../src/core/base64url.ts';
import { ENGINE_VERSION } from '../../src/core/version.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
import { must, says } from '../support/outcome.ts';
import { zlibCodec } from '../support/zlib-codec.ts';

const HASH = 'ab'.repeat(32);

const study = (more: object): StudyDocument => must(parseDocument({ barsweep: 1, ...more }));
const encode = async (more: object, view: LinkView = {}): Promise<string> =>
  must(await encodeLink(study(more), view, zlibCodec));
const open = async (fragment: string): Promise<StudyDocument> => must(await decodeLink(fragment, zlibCodec)).document;
const pack = async (text: string): Promise<string> => toBase64url(await zlibCodec.deflate(new TextEncoder().encode(text)));

describe('a link', () => {
  it('spells the metrics of a new study by one word, and keeps a filter and an expression', async () => {
    const document = { ...newDocument(), objective: 'sharpe * min(1, trades / 100)' };
    const link = must(await encodeLink(document, { filter: 'trades >= 30' }, zlibCodec));
    expect(link).toContain('&mk=usual');
    const opened = must(await decodeLink(link, zlibCodec));
    expect(opened.document).toEqual(document);
    expect(opened.view.filter).toBe('trades >= 30');
    expect((await open('s=ma-cross')).metrics).toHaveLength(18); // a link that says nothing means what it always meant
  });

  it('is readable for a built-in strategy and says only what is not the default', async () => {
    expect(await encode({})).toBe(`s=ma-cross&d=daily&v=${ENGINE_VERSION}`);
    expect(
      await encode({ space: { fast: '5..50 by 1', slow: '20..200 by 5', kind: ['ema'] }, execution: { fill: 'close' } }),
    ).toBe(`s=ma-cross&p.fast=5..50+by+1&p.slow=20..200+by+5&p.kind=ema,&d=daily&fill=close&v=${ENGINE_VERSION}`);
  });

  it('says where the bars come from', async () => {
    const hashed = await encode({ data: { sample: 'hourly', hash: HASH, from: '2020-01-01', to: null } });
    expect(hashed).toBe(`s=ma-cross&d=hourly&h=${HASH}&from=2020-01-01&v=${ENGINE_VERSION}`);
    expect(await encode({ data: { generate: { kind: 'fx', seed: 7, bars: 5000 } } })).toBe(
      `s=ma-cross&g=fx.7.5000&v=${ENGINE_VERSION}`,
    );
    const file = { name: 'my prices, 1 & 2.csv', symbol: 'SPY', hash: HASH, from: '2015-01-02', to: '2024-12-31', bars: 2515 };
    const link = await encode({ data: { file } });
    expect(link).toBe(
      `s=ma-cross&f=my+prices%2C+1+%26+2.csv&fh=${HASH}&fs=SPY&fr=2015-01-02..2024-12-31&fn=2515&v=${ENGINE_VERSION}`,
    );
    expect((await open(link)).data).toEqual({ file });
  });

  it('carries the view by names', async () => {
    const view = { metric: 'cagr', x: 'fast', y: 'slow', fold: 'median', at: { kind: 'ema' } };
    const link = await encode({}, view);
    expect(link).toBe(`s=ma-cross&d=daily&vm=cagr&x=fast&y=slow&fold=median&at.kind=ema&v=${ENGINE_VERSION}`);
    expect(must(await decodeLink(`#${link}`, zlibCodec))).toEqual({
      document: defaultDocument(),
      view,
      version: ENGINE_VERSION,
    });
  });

  it('opens without anything said as the default study', async () => {
    expect(must(await decodeLink('', zlibCodec))).toEqual({ document: defaultDocument(), view: {}, version: '' });
  });

  it('holds an edited text, well below 2 000 characters with everything else said', async () => {
    const ma = BUILT_INS[0]!.text;
    const lines = Array.from({ length: 20 }, (_, i) => `x${i} = ema(close, ${i + 3}) - sma(high[${i}], slow) * ${i}.5`);
    const strategy = `// äöü 長期 🙂\n${ma}\n${lines.join('\n')}\n`;
    const link = await encode({
      strategy,
      space: { fast: '5..50 by 1', slow: '20..200 by 5', kind: ['ema', 'sma'] },
      data: {
        file: { name: 'spy-daily-2015-2024.csv', symbol: 'SPY', hash: HASH, from: '2015-01-02', to: '2024-12-31', bars: 2515 },
      },
      execution: {
        fill: 'close',
        onOpposite: 'exit',
        atEnd: 'mark',
        commission: { relative: 0.0005, fixed: 1 },
        slippage: 0.0002,
        capital: 25_000,
      },
      scoring: { start: 'firstBar', returns: 'day', periodsPerYear: 252 },
      objective: 'calmar',
      metrics: ['calmar', 'sharpe', 'trades'],
    });
    expect(strategy.length).toBeGreaterThan(1200);
    expect(link.length).toBeLessThan(2000);
    expect((await open(link)).strategy).toBe(strategy);
  });

  it('survives a study that a messenger has taken apart at its ends', async () => {
    expect(await open('&s=donchian&&d=daily&')).toEqual(study({ strategy: 'donchian' }));
  });

  it('is refused where it would be too long', async () => {
    const noise = Array.from({ length: 20_000 }, (_, i) =>
      String.fromCharCode(0x4e00 + ((i * 7919 + i * i * 31) % 20_000)),
    ).join('');
    expect(says(await encodeLink({ ...defaultDocument(), strategy: noise }, {}, zlibCodec))).toMatch(
      /^The link has \d+ characters, and at most 32000 can be opened\. Shorten the strategy text/,
    );
  });

  it('is refused where the browser cannot compress', async () => {
    const broken: Codec = { ...zlibCodec, deflate: () => Promise.reject(new Error('no streams')) };
    expect(says(await encodeLink(study({ strategy: 'enter long when true' }), {}, broken))).toBe(
      'The strategy text could not be compressed. Send the study document as a file.',
    );
  });
});

describe('a link from anybody', () => {
  const bomb = async (): Promise<string> => `z=${await pack('a'.repeat(4_000_000))}`;
  const latin = async (): Promise<string> => `z=${toBase64url(await zlibCodec.deflate(Uint8Array.of(0x65, 0xe4, 0x20)))}`;
  const cut = async (): Promise<string> => `z=${(await pack(BUILT_INS[1]!.text)).slice(0, 40)}`;
  const AGAIN = 'Ask for it again, or start a study of your own.';

  it.each<[string, string | (() => Promise<string>), string]>([
    ['not pairs', 'hello', `This link cannot be read: \`hello\` is not a key with a value. ${AGAIN}`],
    ['no key', '=5', `This link cannot be read: \`=5\` is not a key with a value. ${AGAIN}`],
    ['broken escape', 's=%E0%A4%A', `This link cannot be read: \`s=%E0%A4%A\` holds a broken escape. ${AGAIN}`],
    ['a key twice', 's=ma-cross&s=donchian', `This link cannot be read: the key \`s\` stands twice. ${AGAIN}`],
    ['an escaped key twice', 'fill=close&f%69ll=close', `This link cannot be read: the key \`fill\` stands twice. ${AGAIN}`],
    ['unknown key', 'fil=close', '`fil` is not a key of a link. Did you mean `fill`?'],
    [
      'key of a newer version',
      'zq=1&v=99.2.0',
      `\`zq\` is not a key of a link. The link is of version 99.2.0, this program of ${ENGINE_VERSION}: reload the page.`,
    ],
    ['__proto__', '__proto__=1', '`__proto__` is not a key of a link. Ask for the link again.'],
    ['__proto__ as a parameter', 'p.__proto__=1', '`p.__proto__` is not a key of a link.'],
    ['constructor as a parameter', 'p.constructor=1', '`p.constructor` is not a key of a link.'],
    ['__proto__ in the view', 'at.__proto__=1', '`at.__proto__` is not a key of a link.'],
    ['a nameless parameter', 'p.=1', '`p.` is not a key of a link.'],
    ['text and name', 's=ma-cross&z=AA', 'it names a strategy and also holds a text.'],
    ['not base64url', 'z=a+b', 'the strategy text is not in base64url.'],
    ['half a letter', 'z=AAAAA', 'the strategy text is not in base64url.'],
    ['not deflate', 'z=AAAA', 'the strategy text does not unpack.'],
    ['nothing packed', 'z=', 'the strategy text does not unpack.'],
    ['cut text', cut, 'the strategy text does not unpack.'],
    ['bomb', bomb, 'the strategy text does not unpack.'],
    ['no UTF-8', latin, 'the strategy text does not unpack.'],
    ['two sources', 'd=daily&g=fx.1.100', '`d` and `g` name different bars.'],
    ['details without a file', 'fh=00', '`fh` needs the name of a file.'],
    ['wrong sample', 'd=dialy', 'Key data.sample. `dialy` cannot stand here. Did you mean `daily`?'],
    ['a list for a text', 'd=daily,hourly', 'Key data.sample. `[…]` cannot stand here. Write "daily", "hourly" or "minute".'],
    ['huge generator', 'g=fx.1.99999999999', 'Key data.generate.bars. `99999999999` cannot stand here.'],
    ['generator with more', 'g=fx.1.100.7', 'Key data.generate.bars. `100.7` cannot stand here.'],
    ['generator with less', 'g=fx', 'Key data.generate.seed. `` cannot stand here.'],
    ['file without a hash', 'f=a.csv', 'Key data.file.'],
    [
      'file with two ranges',
      `f=a.csv&fh=${HASH}&fs=A&fr=2020-01-01..2020-02-01..2020-03-01&fn=9`,
      'Key data.file.to. `2020-02-01..2020-03-01` cannot stand here.',
    ],
    ['not a number', 'fee=much', 'Key execution.commission.relative. `much` cannot stand here.'],
    ['hexadecimal', 'cap=0x10', 'Key execution.capital. `0x10` cannot stand here.'],
    ['infinite', 'cap=1e999', 'Key execution.capital. `1e999` cannot stand here.'],
    ['script', 'o=<img src=x onerror=alert(1)>', 'Key objective. `<img src=x onerror=alert(1)>` cannot stand here.'],
    ['bidi', 'o=a%E2%80%AEb', 'Key objective. `a b` cannot stand here.'],
  ])('that is damaged gives one clear fault: %s', async (_, fragment, sentence) => {
    const outcome = await decodeLink(typeof fragment === 'string' ? fragment : await fragment(), zlibCodec);
    expect(says(outcome)).toContain(sentence);
    expect(says(outcome).split('\n')).toHaveLength(1);
  });

  it('is not read beyond its cap, not even a little', async () => {
    const refusing: Codec = {
      deflate: () => Promise.reject(new Error('read')),
      inflate: () => Promise.reject(new Error('read')),
    };
    expect(says(await decodeLink('s='.padEnd(MAX_LINK + 1, 'x'), refusing))).toBe(
      'The link has 32001 characters, and at most 32000 can be opened. Shorten the strategy text, or send the study document as a file.',
    );
    expect((await decodeLink('s='.padEnd(MAX_LINK, 'x'), zlibCodec)).ok).toBe(false);
  });
});
