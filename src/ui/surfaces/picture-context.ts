import { createContext } from 'svelte';
import type { SurfacePicture } from './picture.svelte.ts';

export const [useSurfacePicture, provideSurfacePicture] = createContext<SurfacePicture>();
