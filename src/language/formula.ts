import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import type { Expr } from './expression.ts';
import { Parser } from './parser.ts';
import type { MathFn, ScalarExpr } from './scalar.ts';
import { didYouMean } from './suggest.ts';
import { placeOf, quoted, tokenFault, tokenize, type Span } from './tokens.ts';

/** A name that a formula may use: where its number stands among the values, and its words where it is a choice. */
export interface FormulaName {
  readonly slot: number;
  /** Words that it is compared with by `==` and `!=`; its number is the place among them. */
  readonly words?: readonly string[];
  /** It is a condition by itself: 1 or 0. */
  readonly truth?: boolean;
}

export interface Vocabulary {
  readonly names: ReadonlyMap<string, FormulaName>;
  readonly what: string; // the names in words, for messages: "metrics"
}

/** A formula ready to be evaluated by `evaluateScalar`; its `axis` numbers are slots. */
export interface Formula {
  readonly text: string;
  readonly expr: ScalarExpr;
  readonly slots: readonly number[]; // that it reads, ascending
}

const MAX_FORMULA = 2_000; // characters
const FUNCTIONS: ReadonlyMap<string, { readonly fn: MathFn; readonly args: number }> = new Map([
  ['min', { fn: 'min', args: 2 }],
  ['max', { fn: 'max', args: 2 }],
  ['abs', { fn: 'abs', args: 1 }],
  ['sqrt', { fn: 'sqrt', args: 1 }],
  ['round', { fn: 'round', args: 1 }],
  ['floor', { fn: 'floor', args: 1 }],
  ['ceil', { fn: 'ceil', args: 1 }],
]);

type Typed = { readonly type: 'number' | 'truth'; readonly expr: ScalarExpr } | null; // null: has a fault already

/**
 * Reads one expression over names whose numbers are known later, by the grammar of strategy texts: `sharpe * min(1, trades / 100)`
 * is a number, `trades >= 30 and maxDrawdown > -0.3` a condition. A comparison with a number that is not defined is false.
 */
export function readFormula(text: string, wanted: 'number' | 'truth', vocabulary: Vocabulary): Outcome<Formula> {
  if (text.length > MAX_FORMULA)
    return failed(fault('too_large', `The expression has ${text.length} characters.`, `Use at most ${MAX_FORMULA}.`));
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'comment' && kind !== 'newline' && kind !== 'end');
  if (tokens.length === 0) return failed(fault('unfinished', 'The expression is empty.', 'Write one, or a name.'));
  const faults: Fault[] = tokens.flatMap((token) => tokenFault(token) ?? []);
  const parser = new Parser(tokens, faults, { nodes: 0 });
  const tree =
    faults.length > 0
      ? null
      : parser.attempt(() => {
          const read = parser.expression();
          parser.expectEnd();
          return read;
        });
  const slots = new Set<number>();
  const typed = tree === null ? null : new Typing(text, vocabulary, faults, slots).type(tree);
  if (typed !== null && typed.type !== wanted && tree !== null) {
    const [message, advice] =
      wanted === 'number'
        ? ['is a condition where a number belongs.', 'Use the numbers themselves, as in `sharpe * min(1, trades / 100)`.']
        : ['is a number where a condition belongs.', 'Compare it with something, as in `trades >= 30`.'];
    faults.push(fault('wrong_type', `${quoted(text.trim())} ${message}`, advice, placeOf(tree.at)));
  }
  const [first, ...more] = faults;
  if (first !== undefined) return failed(first, ...more);
  if (typed === null) throw new Error('a formula without a value has no fault');
  return ok({ text: text.trim(), expr: typed.expr, slots: [...slots].sort((a, b) => a - b) });
}

class Typing {
  readonly #text: string;
  readonly #vocabulary: Vocabulary;
  readonly #faults: Fault[];
  readonly #slots: Set<number>;

  constructor(text: string, vocabulary: Vocabulary, faults: Fault[], slots: Set<number>) {
    this.#text = text;
    this.#vocabulary = vocabulary;
    this.#faults = faults;
    this.#slots = slots;
  }

  type(expr: Expr): Typed {
    switch (expr.kind) {
      case 'number':
        return { type: 'number', expr: { op: 'const', value: expr.value } };
      case 'truth':
        return { type: 'truth', expr: { op: 'const', value: Number(expr.value) } };
      case 'name':
        return this.#name(expr);
      case 'call':
        return this.#call(expr);
      case 'negate':
        return this.#math('neg', [expr.arg]);
      case 'arithmetic':
        return this.#math(expr.fn, [expr.left, expr.right]);
      case 'compare':
        return this.#compare(expr);
      case 'not': {
        const arg = this.#want(expr.arg, 'truth');
        return arg === null ? null : { type: 'truth', expr: { op: 'not', arg } };
      }
      case 'join': {
        const left = this.#want(expr.left, 'truth');
        const right = this.#want(expr.right, 'truth');
        return left === null || right === null ? null : { type: 'truth', expr: { op: expr.fn, left, right } };
      }
      default:
        return this.#refuse(
          'not_here',
          'An expression here has one number per trial: bars cannot be read back.',
          'Remove it.',
          expr.at,
        );
    }
  }

  #name({ name, at }: Extract<Expr, { kind: 'name' }>): Typed {
    const known = this.#vocabulary.names.get(name);
    if (known === undefined) {
      if (FUNCTIONS.has(name))
        return this.#refuse('not_called', `\`${name}\` is a function.`, 'Call it, as in `min(1, trades / 100)`.', at);
      const { names, what } = this.#vocabulary;
      const advice = didYouMean(name, [...names.keys(), ...FUNCTIONS.keys()], `Use the ${what} of the study.`);
      return this.#refuse('unknown_name', `There is no ${quoted(name)} here.`, advice, at);
    }
    if (known.words !== undefined) {
      const advice = `Compare it with one of ${known.words.map(quoted).join(', ')} by \`==\` or \`!=\`.`;
      return this.#refuse('wrong_type', `${quoted(name)} is a choice of names.`, advice, at);
    }
    return { type: known.truth === true ? 'truth' : 'number', expr: this.#read(known) };
  }

  #read({ slot }: FormulaName): ScalarExpr {
    this.#slots.add(slot);
    return { op: 'axis', axis: slot };
  }

  #call({ name, nameAt, args, at }: Extract<Expr, { kind: 'call' }>): Typed {
    const known = FUNCTIONS.get(name);
    if (known === undefined) {
      const advice = didYouMean(name, FUNCTIONS.keys(), `There are ${[...FUNCTIONS.keys()].join(', ')}.`);
      return this.#refuse('unknown_function', `${quoted(name)} is not a function here.`, advice, nameAt);
    }
    if (args.length !== known.args) {
      const advice = known.args === 1 ? `Write \`${name}(x)\`.` : `Write \`${name}(x, y)\`.`;
      return this.#refuse('argument_count', `\`${name}\` takes ${known.args} and has ${args.length} arguments.`, advice, at);
    }
    return this.#math(known.fn, args);
  }

  #math(fn: MathFn, parts: readonly Expr[]): Typed {
    const args = parts.map((part) => this.#want(part, 'number'));
    const sound = args.filter((arg) => arg !== null);
    return sound.length < args.length ? null : { type: 'number', expr: { op: 'math', fn, args: sound } };
  }

  #compare(expr: Extract<Expr, { kind: 'compare' }>): Typed {
    const choice = this.#choice(expr.left, expr.right) ?? this.#choice(expr.right, expr.left);
    if (choice !== null) return this.#compareChoice(expr, choice.known, choice.other);
    const left = this.#want(expr.left, 'number');
    const right = this.#want(expr.right, 'number');
    return left === null || right === null ? null : { type: 'truth', expr: { op: 'compare', fn: expr.fn, left, right } };
  }

  #choice(one: Expr, other: Expr): { readonly known: FormulaName; readonly other: Expr } | null {
    const known = one.kind === 'name' ? this.#vocabulary.names.get(one.name) : undefined;
    return known?.words === undefined ? null : { known, other };
  }

  /** `kind == ema`: the word is looked up among the choice's own. */
  #compareChoice(expr: Extract<Expr, { kind: 'compare' }>, known: FormulaName, other: Expr): Typed {
    const words = known.words ?? [];
    const advice = `Compare it with one of ${words.map(quoted).join(', ')} by \`==\` or \`!=\`.`;
    const place = other.kind === 'name' ? words.indexOf(other.name) : -1;
    if (place < 0) {
      const near = other.kind === 'name' ? didYouMean(other.name, words, advice) : advice;
      return this.#refuse('unknown_choice', `${this.#words(other.at)} is not one of its names.`, near, other.at);
    }
    if (expr.fn !== 'eq' && expr.fn !== 'ne') return this.#refuse('wrong_type', 'Names have no order.', advice, expr.at);
    const right: ScalarExpr = { op: 'const', value: place };
    return { type: 'truth', expr: { op: 'compare', fn: expr.fn, left: this.#read(known), right } };
  }

  #want(expr: Expr, type: 'number' | 'truth'): ScalarExpr | null {
    const typed = this.type(expr);
    if (typed === null || typed.type === type) return typed?.expr ?? null;
    const [is, advice] =
      type === 'number'
        ? ['a condition where a number belongs', 'Use `and`, `or`, `not` on conditions.']
        : ['a number where a condition belongs', 'Compare it with something, as in `trades >= 30`.'];
    this.#refuse('wrong_type', `${this.#words(expr.at)} is ${is}.`, advice, expr.at);
    return null;
  }

  #refuse(code: string, message: string, advice: string, at: Span): null {
    this.#faults.push(fault(code, message, advice, placeOf(at)));
    return null;
  }

  #words(at: Span): string {
    return quoted(this.#text.slice(at.offset, at.offset + at.length));
  }
}
