import { mount } from 'svelte';
import { isolatePage } from './study/isolate.ts';
import { Study } from './study/study.svelte.ts';
import App from './ui/App.svelte';
import { Theme } from './ui/theme.svelte.ts';
import './ui/tokens.css';
import './ui/base.css';

// The composition root of the page: what is made once is made here.
async function start(target: HTMLElement): Promise<void> {
  if (await isolatePage()) return;
  mount(App, { target, props: { study: new Study(), theme: new Theme(document.documentElement) } });
}

const target = document.getElementById('app');
if (target !== null) void start(target);
