import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/guard-files.ts';

// The texts belong to no project, so the rules that ask the compiler are left out; all others are the repository's own.
const eslint = new ESLint({ cwd: ROOT, overrideConfig: [tseslint.configs.disableTypeChecked] });

async function brokenRules(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${ROOT}/${file}` });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const branches = Array.from({ length: 13 }, (_, index) => `  if (x === ${index}) return ${index + 1};`).join('\n');
const BRANCHY = `export function pick(x: number): number {\n${branches}\n  return 0;\n}\n`;
const LONG = Array.from({ length: 351 }, (_, index) => `export const v${index} = ${index};`).join('\n');

interface Case {
  readonly file: string;
  readonly text: string;
  readonly rule: string;
}

const MUST_FAIL: readonly Case[] = [
  { file: 'src/core/a.ts', text: 'export const value = Math.random();\n', rule: 'no-restricted-properties' },
  { file: 'src/metrics/a.ts', text: 'export const value = Date.now();\n', rule: 'no-restricted-properties' },
  {
    file: 'src/bars/a.ts',
    text: 'export const hour = (date: Date): number => date.getHours();\n',
    rule: 'no-restricted-properties',
  },
  { file: 'src/indicators/a.ts', text: 'export const value = Math.log(2);\n', rule: 'no-restricted-properties' },
  {
    file: 'src/kernel/a.ts',
    text: 'export const raise = (x: number, y: number): number => x ** y;\n',
    rule: 'no-restricted-syntax',
  },
  { file: 'src/document/a.ts', text: 'export const now = new Date();\n', rule: 'no-restricted-syntax' },
  { file: 'src/study/a.ts', text: 'export default 1;\n', rule: 'no-restricted-syntax' },
  { file: 'src/ui/A.svelte', text: '<p style="color: red">a</p>\n', rule: 'no-restricted-syntax' },
  { file: 'src/ui/A.svelte', text: '<p>{@html location.hash}</p>\n', rule: 'svelte/no-at-html-tags' },
  { file: 'src/space/a.ts', text: 'export const f = function (): number {\n  return 1;\n};\n', rule: 'func-style' },
  { file: 'src/space/a.ts', text: BRANCHY, rule: 'complexity' },
  { file: 'src/workers/a.ts', text: LONG, rule: 'max-lines' },
];

const LAWFUL: readonly Omit<Case, 'rule'>[] = [
  { file: 'src/kernel/a.ts', text: BRANCHY },
  { file: 'src/study/a.ts', text: 'export const value = Date.now();\n' },
  { file: 'src/core/a.ts', text: 'export const value = 2 ** -54 + Math.sqrt(2);\n' },
  { file: 'src/ui/A.svelte', text: '<p style:color="red">a</p>\n' },
];

describe('lint', { timeout: 60_000 }, () => {
  it.each(MUST_FAIL)('refuses $rule in $file', async ({ file, text, rule }) => {
    expect(await brokenRules(file, text)).toContain(rule);
  });

  it.each(LAWFUL)('accepts a lawful $file', async ({ file, text }) => {
    expect(await brokenRules(file, text)).toEqual([]);
  });
});
