import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { didYouMean } from '../language/suggest.ts';
import { readObjective, type Objective } from '../metrics/objective.ts';
import { overrideSpace } from '../space/override.ts';
import { compileStrategy } from '../strategy/compile.ts';
import { BUILT_INS } from '../strategy/library/index.ts';
import { bindExecution, type BoundStrategy } from '../strategy/bind.ts';
import type { StudyDocument } from './document.ts';
import { shown } from './keys.ts';

/** A document with its strategy compiled, its ranges in place and its settings bound: what a run needs besides bars. */
export interface ResolvedStudy extends BoundStrategy {
  readonly document: StudyDocument;
  readonly text: string; // of the strategy
  readonly objective: Objective;
}

export function resolveStudy(document: StudyDocument): Outcome<ResolvedStudy> {
  const text = strategyText(document.strategy);
  if (!text.ok) return text;
  const plan = compileStrategy(text.value);
  if (!plan.ok) return plan;
  const space = overrideSpace(plan.value.space, document.space);
  if (!space.ok) return space;
  const bound = bindExecution(plan.value, space.value, document.execution);
  if (!bound.ok) return bound;
  const objective = readObjective(document.objective);
  if (!objective.ok) return objective;
  return ok({ document, text: text.value, ...bound.value, objective: objective.value });
}

const WRITE = 'Write the name of a built-in, such as ma-cross or donchian, or a whole text.';

/** A built-in's text by its name, or the text itself. */
export function strategyText(strategy: string): Outcome<string> {
  const builtIn = BUILT_INS.find(({ name }) => name === strategy);
  if (builtIn !== undefined) return ok(builtIn.text);
  const names = BUILT_INS.map(({ name }) => name);
  const place = { kind: 'key', path: 'strategy' } as const;
  if (strategy.trim() === '') {
    return failed(fault('strategy_empty', 'The strategy has no text.', WRITE, place));
  }
  if (!/^[\w-]+$/.test(strategy)) return ok(strategy);
  const advice = didYouMean(strategy, names, WRITE);
  return failed(fault('strategy_unknown', `There is no strategy named ${shown(strategy)}.`, advice, place));
}
