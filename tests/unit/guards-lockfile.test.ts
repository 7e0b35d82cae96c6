import { expect, it } from 'vitest';
import { lockFaults } from '../../scripts/check-lock.js';

it('a lockfile that lacks an optional platform package is refused', () => {
  const packages = {
    '': { dependencies: { tool: '1.0.0' } },
    'node_modules/tool': { version: '1.0.0', optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } },
    'node_modules/tool/node_modules/tool-linux': { version: '1.0.0' },
  };
  expect(lockFaults({ packages })).toEqual(['node_modules/tool needs tool-darwin, which is missing.']);
});

it('a lockfile that names the address of a registry is refused', () => {
  const packages = { '': {}, 'node_modules/tool': { version: '1.0.0', resolved: 'https://registry.example/tool-1.0.0.tgz' } };
  expect(lockFaults({ packages })).toHaveLength(1);
});

it('a scoped package of an outer folder is found', () => {
  const packages = {
    '': { dependencies: { '@a/b': '1.0.0' } },
    'node_modules/@a/b': { dependencies: { c: '1.0.0' } },
    'node_modules/@a/b/node_modules/c': { dependencies: { d: '1.0.0' } },
    'node_modules/d': {},
  };
  expect(lockFaults({ packages })).toEqual([]);
});
