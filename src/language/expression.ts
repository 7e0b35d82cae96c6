import type { CompareFn } from './scalar.ts';
import type { Span } from './tokens.ts';

/** What the parser makes of an expression; meaning and types come later. `at` is what a message points to. */
export type Expr =
  | { readonly kind: 'number'; readonly at: Span; readonly value: number; readonly text: string }
  | { readonly kind: 'truth'; readonly at: Span; readonly value: boolean }
  | { readonly kind: 'text'; readonly at: Span; readonly value: string } // a quoted one, without its quotes
  | { readonly kind: 'name'; readonly at: Span; readonly name: string }
  | { readonly kind: 'call'; readonly at: Span; readonly name: string; readonly nameAt: Span; readonly args: readonly Expr[] }
  | { readonly kind: 'back'; readonly at: Span; readonly arg: Expr; readonly bars: Expr } // arg[bars]
  | { readonly kind: 'negate'; readonly at: Span; readonly arg: Expr }
  | { readonly kind: 'not'; readonly at: Span; readonly arg: Expr }
  | { readonly kind: 'arithmetic'; readonly at: Span; readonly fn: ArithmeticFn; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'compare'; readonly at: Span; readonly fn: CompareFn; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'join'; readonly at: Span; readonly fn: 'and' | 'or'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'select'; readonly at: Span; readonly when: Expr; readonly then: Expr; readonly otherwise: Expr }; // c ? a : b

export type ArithmeticFn = 'add' | 'sub' | 'mul' | 'div';

export const ARITHMETIC: ReadonlyMap<string, ArithmeticFn> = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
]);

export const COMPARISONS: ReadonlyMap<string, CompareFn> = new Map([
  ['>', 'gt'],
  ['>=', 'ge'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['==', 'eq'],
  ['!=', 'ne'],
]);

/** Words that cannot be names of values. */
export const WORDS: ReadonlySet<string> = new Set(
  'and or not true false when enter exit long short require param choice by log stop target trail size tf session'.split(' '),
);
