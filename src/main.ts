import { mount } from 'svelte';
import { Study } from './study/study.svelte.ts';
import App from './ui/App.svelte';
import NotIsolated from './ui/NotIsolated.svelte';
import { Theme } from './ui/theme.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';

// The composition root of the page: what is made once is made here.
const target = document.getElementById('app');
if (target !== null) {
  const theme = new Theme(document.documentElement);
  if (crossOriginIsolated) mount(App, { target, props: { study: new Study(), theme } });
  else mount(NotIsolated, { target });
}
