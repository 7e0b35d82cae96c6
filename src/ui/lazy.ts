import type { Component } from 'svelte';

/** Fetches a part of the page that comes in a file of its own. */
export type LoadPart = () => Promise<{ readonly default: Component }>;

const loaded = new WeakMap<LoadPart, Component>();

/** The part, if it is here already: it then stands at once. */
export function partNow(load: LoadPart): Component | undefined {
  return loaded.get(load);
}

export async function fetchPart(load: LoadPart): Promise<Component> {
  const part = (await load()).default;
  loaded.set(load, part);
  return part;
}
