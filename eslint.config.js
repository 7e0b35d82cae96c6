import eslint from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { ROOMS } from './scripts/rooms.js';

const pureRooms = ROOMS.filter((room) => room.kind === 'pure').map((room) => `src/${room.name}/**/*.ts`);

/** @param {string} what */
const useMaths = (what) => ({
  object: 'Math',
  property: what,
  message: `Engines differ in the last bit of Math.${what}; use core/maths.ts.`,
});

const TRANSCENDENTAL = [
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'cos',
  'cosh',
  'exp',
  'expm1',
].concat(['hypot', 'log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh']);

const LOCAL_TIME = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].map(
  (part) => `get${part}`,
);

export default defineConfig(
  globalIgnores(['dist/', 'dist-headless/', '.cache/', 'coverage/', 'test-results/', 'playwright-report/', 'public/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    languageOptions: {
      parserOptions: {
        project: [
          'tsconfig.pure.json',
          'tsconfig.worker.json',
          'tsconfig.node.json',
          'tsconfig.app.json',
          'tsconfig.tests.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 350, skipBlankLines: false, skipComments: false }],
      // A switch counts once: a table of cases is read in one go.
      complexity: ['error', { max: 13, variant: 'modified' }],
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      // The compiler knows every name, in scripts and components too.
      'no-undef': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ForInStatement', message: 'for…in visits inherited keys; use Object.keys.' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Typed arrays are read in loops whose bounds the compiler cannot see.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `process.env['NAME']` is how the compiler wants a key of an index signature.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    // Hot loops are long and branch a lot on purpose.
    files: ['src/kernel/**', 'src/indicators/**', 'tests/bench/plain-loop.ts'],
    rules: { complexity: 'off' },
  },
  {
    files: pureRooms,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'A study must repeat; use core/random.ts.' },
        { object: 'Date', property: 'now', message: 'A pure room knows no present; pass times in.' },
        {
          object: 'Intl',
          property: 'DateTimeFormat',
          message: 'Time-zone databases differ; local dates are computed once at import.',
        },
        ...TRANSCENDENTAL.map(useMaths),
        ...LOCAL_TIME.map((property) => ({ property, message: 'Reads local time; use the UTC form.' })),
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ForInStatement', message: 'for…in visits inherited keys; use Object.keys.' },
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'A pure room knows no present; pass times in.',
        },
        {
          selector:
            'BinaryExpression[operator="**"]:not([left.type="Literal"][right.type=/^(Literal|UnaryExpression)$/]):not([right.callee.name="BigInt"])',
          message: 'Engines differ in the last bit of **; use core/maths.ts.',
        },
      ],
    },
  },
  {
    // The compiler's side of a component is checked by svelte-check; the typed rules would load a second program for it.
    files: ['**/*.svelte', '**/*.svelte.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: false, parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived', '$state'] }],
      'svelte/no-at-html-tags': 'error',
      // A Set or Map that lives inside one function needs no reactivity.
      'svelte/prefer-svelte-reactivity': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'SvelteAttribute[key.name="style"]', message: 'The content security policy drops it; use style:property.' },
      ],
    },
  },
  {
    // JSON of other tools is read here.
    files: ['tests/**', 'scripts/**', '*.config.*', '.dependency-cruiser.js'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['*.config.*', '.dependency-cruiser.js', 'src/**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
