import { untrack } from 'svelte';
import type { Questions } from '../results/questions.ts';
import type { Study } from './study.svelte.ts';

type Of<Q extends keyof Questions> = Parameters<Questions[Q]>[0];

const LIVE_SHARE = 3; // while a study runs, a question rests so many times as long as its answer took

/**
 * The answer to a question about the rows, asked again whenever what it reads changes, and while rows arrive. The last answer
 * stands until the next one is there. Made while a component is made.
 */
export class Answer<Q extends keyof Questions> {
  #value = $state.raw<ReturnType<Questions[Q]> | null>(null);
  #rested = 0;
  #before: object | null = null;

  /**
   * @param name of its own: of several questions of one name only the newest is answered
   * @param of what to ask about the first `count` rows; null: nothing
   */
  constructor(study: Study, name: string, question: Q, of: (count: number) => Of<Q> | null) {
    const { view, analysis } = study;
    $effect(() => {
      void view.rows;
      this.#value = null;
    });
    $effect(() => {
      const { finished } = view;
      const asked = of(0);
      if (!finished) void view.cardVersion;
      const count = untrack(() => view.count);
      if (asked === null || view.rows === null || count === 0) return;
      const again = this.#before !== null && same(this.#before, asked);
      if (again && !finished && performance.now() < this.#rested) return;
      this.#before = asked;
      void this.#ask(() => analysis.quick.ask(name, question, { ...asked, count }));
    });
  }

  get value(): ReturnType<Questions[Q]> | null {
    return this.#value;
  }

  async #ask(ask: () => Promise<Awaited<ReturnType<Questions[Q]>> | null>): Promise<void> {
    const started = performance.now();
    const found = await ask();
    this.#rested = performance.now() + LIVE_SHARE * (performance.now() - started);
    if (found !== null) this.#value = found;
  }
}

function same(a: object, b: object): boolean {
  const [x, y] = [new Map(Object.entries(a)), new Map(Object.entries(b))] as [Map<string, unknown>, Map<string, unknown>];
  return x.size === y.size && [...x].every(([key, value]) => Object.is(value, y.get(key)));
}
