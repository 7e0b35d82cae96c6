import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { isolation, production } from './scripts/headers.js';
import { emitHeaders, plainGzip } from './scripts/vite-plugins.js';

// The page. What runs in Node is bundled by scripts/bundle.js.
export default defineConfig({
  base: './',
  plugins: [svelte(), plainGzip(), emitHeaders()],
  worker: { format: 'es' },
  server: { headers: isolation },
  preview: { headers: production },
  build: {
    target: 'es2023',
    // Every browser of that target knows module preloads.
    modulePreload: { polyfill: false },
    // What the first paint needs comes in one file: it packs better than fifty, and is there at once.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] }, topLevelVar: false } },
  },
});
