import { mount } from 'svelte';
import { isolatePage } from './study/isolate.ts';
import { Study } from './study/study.svelte.ts';
import App from './ui/App.svelte';
import { Theme } from './ui/theme.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';

// The composition root of the page: what is made once is made here.
const target = document.getElementById('app');
if (target !== null && !(await isolatePage())) {
  mount(App, { target, props: { study: new Study(), theme: new Theme(document.documentElement) } });
}
