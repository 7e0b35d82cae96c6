import { createContext } from 'svelte';
import type { Study } from '../study/study.svelte.ts';
import type { Theme } from './theme.svelte.ts';

export const [useStudy, provideStudy] = createContext<Study>();
export const [useTheme, provideTheme] = createContext<Theme>();
