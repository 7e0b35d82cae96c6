import { applyCompare, applyMath } from '../language/scalar.ts';
import type { HeldTerm, NodeId, Plan } from '../strategy/plan.ts';
import type { PlainPlan } from './plain-plan.ts';

export type HeldTerms = Readonly<Record<HeldTerm, number>>;

/** Whether a condition that reads the position holds at the close of a bar: the nodes asked one by one. */
export function holdsPlainly(plan: Plan, plain: PlainPlan, root: NodeId, bar: number, terms: HeldTerms): boolean {
  const readsTerms = (id: NodeId): boolean => {
    const node = plan.nodes[id]!;
    if (node.op === 'held') return true;
    if (node.op === 'math') return node.args.some(readsTerms);
    if (node.op === 'not' || node.op === 'flags') return readsTerms(node.arg);
    if (node.op === 'select') return readsTerms(node.when) || readsTerms(node.then) || readsTerms(node.otherwise);
    if (node.op === 'compare' || node.op === 'and' || node.op === 'or') return readsTerms(node.left) || readsTerms(node.right);
    return false;
  };
  const value = (id: NodeId): number => {
    const node = plan.nodes[id]!;
    if (node.op === 'held') return terms[node.term];
    if (node.op === 'number') return plain.number(id);
    if (!readsTerms(id)) return plain.series(id)[bar]!;
    if (node.op === 'flags') return Number(holds(node.arg));
    if (node.op === 'select') return holds(node.when) ? value(node.then) : value(node.otherwise);
    if (node.op !== 'math') throw new TypeError(`${node.op} does not read a position`);
    const [a, b = a] = node.args.map(value);
    return applyMath(node.fn, a!, b!);
  };
  const holds = (id: NodeId): boolean => {
    const node = plan.nodes[id]!;
    if (!readsTerms(id)) return plain.condition(id)[bar] === 1;
    switch (node.op) {
      case 'compare':
        return applyCompare(node.fn, value(node.left), value(node.right));
      case 'and':
        return holds(node.left) && holds(node.right);
      case 'or':
        return holds(node.left) || holds(node.right);
      case 'not':
        return !holds(node.arg);
      default:
        throw new TypeError(`${node.op} does not read a position`);
    }
  };
  return holds(root);
}
