import * as v from 'valibot';
import { SELECTABLE_KEYS } from '../metrics/columns.ts';
import { METHODS } from '../search/spec.ts';
import { defaultDocument } from './document.ts';
import { amount, pick } from './schema-parts.ts';
import { readStep } from './search-step.ts';
import { readWhere } from './where.ts';

const OTHERS = 'Write a list of one or two metric keys.';
const BEFORE = 'Write a list of searches such as "sobol 1000 seed 1 by 64".';
const WHERE = 'Write a condition over metrics such as "trades >= 30 and maxDrawdown > -0.3".';

const whole = (what: string, least: number, most: number) =>
  amount(what, `Write a whole number from ${least} to ${most}.`, (x) => Number.isInteger(x) && x >= least && x <= most);

export const SEARCH = v.strictObject({
  method: v.optional(pick('how trials are chosen; the grid runs all', METHODS), defaultDocument().search.method),
  seed: v.exactOptional(whole('of its random numbers; 1 unless told', 0, Number.MAX_SAFE_INTEGER)),
  trials: v.exactOptional(whole('the most that run; as many as there are unless told', 1, 2_147_483_647)),
  generation: v.exactOptional(whole('how many trials are chosen at once; by the method unless told', 2, 100_000)),
  patience: v.exactOptional(whole('generations without a better trial after which it ends', 1, 1_000_000)),
  robust: v.exactOptional(
    v.pipe(
      v.boolean('Write true or false.'),
      v.description('compare the medians of trials and their neighbours, which are run for the best of a generation'),
    ),
  ),
  where: v.exactOptional(
    v.pipe(
      v.string(WHERE),
      v.check((text) => readWhere(text).ok, WHERE),
      v.description('a trial that breaks it is behind every one that keeps it'),
    ),
  ),
  objectives: v.exactOptional(
    v.pipe(
      v.array(pick('a metric', SELECTABLE_KEYS), OTHERS),
      v.check((keys) => keys.length >= 1 && keys.length <= 2 && new Set(keys).size === keys.length, OTHERS),
      v.description('metrics beside the objective that `nsga` makes better as well'),
    ),
  ),
  before: v.exactOptional(
    v.pipe(
      v.array(
        v.pipe(
          v.string(BEFORE),
          v.check((text) => readStep(text) !== null, BEFORE),
        ),
        BEFORE,
      ),
      v.maxLength(50, 'Name at most 50 searches.'),
      v.description('searches of this space that ran before, in order; their trials are not run again'),
    ),
  ),
});
