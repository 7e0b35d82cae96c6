import * as v from 'valibot';
import { MAX_LISTED } from '../space/make-axis.ts';
import { NEUTRAL_EXECUTION } from '../strategy/execution.ts';
import { SETTINGS, settingAt } from '../strategy/settings.ts';
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
function neutral(path: string) {
  return v.optional(setting(path), settingAt(NEUTRAL_EXECUTION, path) as number);
}

export const EXECUTION = v.optional(
  v.strictObject({
    fill: v.optional(pick('when a signal at the close fills', ['nextOpen', 'close']), 'nextOpen'),
    sides: v.optional(pick('whose entries count', ['both', 'long', 'short']), 'both'),
    onOpposite: v.optional(pick('what an entry signal of the other side does', ['reverse', 'exit', 'ignore']), 'reverse'),
    insideBar: v.optional(
      pick('what a bar that touches stop and target reached first: stop, target, or the one nearer to its open', [
        'pessimistic',
        'optimistic',
        'nearest',
      ]),
      'pessimistic',
    ),
    atEnd: v.optional(pick('what happens to a trade that is open at the last bar', ['close', 'mark']), 'close'),
    commission: v.optional(
      v.strictObject({
        relative: v.optional(setting('commission.relative'), 0.001),
        fixed: neutral('commission.fixed'),
        perUnit: neutral('commission.perUnit'),
        minimum: neutral('commission.minimum'),
      }),
      {},
    ),
    slippage: neutral('slippage'),
    slippageTicks: neutral('slippageTicks'),
    tickSize: v.optional(
      amount("price units; 0 is the smallest step of the file's prices", 'Write an amount of 0 or more.', (x) => x >= 0),
      0,
    ),
    halfSpread: neutral('halfSpread'),
    funding: v.optional(v.strictObject({ short: neutral('funding.short'), leverage: neutral('funding.leverage') }), {}),
    capital: v.optional(
      amount('in the account currency, at the first scored bar', 'Write an amount above 0.', (x) => x > 0),
      10_000,
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
          'equity',
        ),
        fraction: neutral('sizing.fraction'),
        cash: neutral('sizing.cash'),
        units: neutral('sizing.units'),
        risk: neutral('sizing.risk'),
        volatility: neutral('sizing.volatility'),
        period: neutral('sizing.period'),
      }),
      {},
    ),
    units: v.optional(pick('whether a part of a unit can be held', ['fractional', 'whole']), 'fractional'),
    lotStep: neutral('lotStep'),
    leverage: neutral('leverage'),
    maintenance: neutral('maintenance'),
  }),
  {},
);
