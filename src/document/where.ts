import { readFormula } from '../language/formula.ts';
import { METRIC_NAMES } from '../metrics/objective.ts';

/** The condition of `search.where`. */
export function readWhere(text: string) {
  return readFormula(text, 'truth', { names: METRIC_NAMES, what: 'metrics' });
}
