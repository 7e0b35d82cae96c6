import * as v from 'valibot';
import { MAX_LISTED } from '../space/make-axis.ts';
import { SETTINGS, settingAt } from '../strategy/settings.ts';
import { defaultDocument } from './document.ts';
import { amount, pick, SPELLED } from './schema-parts.ts';

/** A number that may be swept: what stands in a range or list is judged when the study is resolved, as in `space`. */
function setting(path: string) {
  const { advice, meaning, holds } = SETTINGS.find((one) => one.path === path)!;
  const number = v.pipe(v.number(advice), v.check(holds, advice));
  const ranged = v.union(
    [
      v.pipe(v.string(), v.maxLength(200, SPELLED)),
      v.pipe(v.array(v.number(SPELLED)), v.minLength(1, SPELLED), v.maxLength(MAX_LISTED, SPELLED)),
    ],
    SPELLED,
  );
  const isRange = (input: unknown): boolean => Array.isArray(input) || (typeof input === 'string' && /\.\.|,/.test(input));
  return v.pipe(
    v.lazy((input): typeof number | typeof ranged => (isRange(input) ? ranged : number)),
    v.metadata({ advice }),
    v.description(meaning),
  );
}
const DEFAULT = defaultDocument().execution;
function withDefault(path: string) {
  return v.optional(setting(path), settingAt(DEFAULT, path) as number);
}

export const EXECUTION = v.optional(
  v.strictObject({
    fill: v.optional(pick('when a signal at the close fills', ['nextOpen', 'close']), DEFAULT.fill),
    sides: v.optional(pick('whose entries count', ['both', 'long', 'short']), DEFAULT.sides),
    onOpposite: v.optional(
      pick('what an entry signal of the other side does', ['reverse', 'exit', 'ignore']),
      DEFAULT.onOpposite,
    ),
    insideBar: v.optional(
      pick('what a bar that touches stop and target reached first: stop, target, or the one nearer to its open', [
        'pessimistic',
        'optimistic',
        'nearest',
      ]),
      DEFAULT.insideBar,
    ),
    atEnd: v.optional(pick('what happens to a trade that is open at the last bar', ['close', 'mark']), DEFAULT.atEnd),
    commission: v.optional(
      v.strictObject({
        relative: withDefault('commission.relative'),
        fixed: withDefault('commission.fixed'),
        perUnit: withDefault('commission.perUnit'),
        minimum: withDefault('commission.minimum'),
      }),
      {},
    ),
    slippage: withDefault('slippage'),
    slippageTicks: withDefault('slippageTicks'),
    tickSize: v.optional(
      amount("price units; 0 is the smallest step of the file's prices", 'Write an amount of 0 or more.', (x) => x >= 0),
      DEFAULT.tickSize,
    ),
    halfSpread: withDefault('halfSpread'),
    funding: v.optional(v.strictObject({ short: withDefault('funding.short'), leverage: withDefault('funding.leverage') }), {}),
    capital: v.optional(
      amount('in the account currency, at the first scored bar', 'Write an amount above 0.', (x) => x > 0),
      DEFAULT.capital,
    ),
    sizing: v.optional(
      v.strictObject({
        kind: v.optional(
          pick('what an entry is sized by, where the text has no `size` line', [
            'equity',
            'cash',
            'units',
            'risk',
            'volatility',
          ]),
          DEFAULT.sizing.kind,
        ),
        fraction: withDefault('sizing.fraction'),
        cash: withDefault('sizing.cash'),
        units: withDefault('sizing.units'),
        risk: withDefault('sizing.risk'),
        volatility: withDefault('sizing.volatility'),
        period: withDefault('sizing.period'),
      }),
      {},
    ),
    units: v.optional(pick('whether a part of a unit can be held', ['fractional', 'whole']), DEFAULT.units),
    lotStep: withDefault('lotStep'),
    leverage: withDefault('leverage'),
    maintenance: withDefault('maintenance'),
  }),
  {},
);
