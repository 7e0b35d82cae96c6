import { fault, type Faults } from '../core/fault.ts';
import { compileStrategy } from '../strategy/compile.ts';
import { BUILT_INS } from '../strategy/library/index.ts';
import type { Plan } from '../strategy/plan.ts';
import { formatRange } from '../space/range.ts';
import { debounce } from './debounce.ts';

const COMPILE_AFTER_MS = 60;

/** The strategy as the person writes it, and the last text that compiled. */
export class StrategyText {
  #text = $state('');
  #plan = $state.raw<Plan | null>(null);
  #planText = $state('');
  #faults = $state.raw<Faults | null>(null);
  readonly #compileSoon = debounce(COMPILE_AFTER_MS, () => this.#compile(true));

  /** The built-in whose text stands here unchanged. */
  readonly builtIn = $derived(BUILT_INS.find((b) => b.text.trimEnd() === this.#text.trimEnd()) ?? null);
  /** The built-in the person began with: what "reset" goes back to. */
  #origin = $state(BUILT_INS[0]!.name);

  /** Called with the axes whose ranges an edit of the text wrote anew. */
  onranges: (names: readonly string[]) => void = () => undefined;

  constructor() {
    this.useBuiltIn(this.#origin);
  }

  get text(): string {
    return this.#text;
  }

  /** Of the last valid text; it stays while a fault is being mended, so that nothing on the page is lost. */
  get plan(): Plan | null {
    return this.#plan;
  }

  get faults(): Faults | null {
    return this.#faults;
  }

  /** Whether `plan` is what `text` says. */
  get settled(): boolean {
    return this.#faults === null && this.#planText === this.#text;
  }

  get origin(): (typeof BUILT_INS)[number] {
    return BUILT_INS.find((b) => b.name === this.#origin) ?? BUILT_INS[0]!;
  }

  /** As the study document spells it: a built-in's name, or the whole text. */
  get spelled(): string {
    return this.builtIn?.name ?? this.#text;
  }

  edit(text: string): void {
    this.#text = text;
    this.#compileSoon();
  }

  /** Compiles now what waits; for whoever is about to read `plan`. */
  settle(): void {
    this.#compileSoon.flush();
  }

  useBuiltIn(name: string): void {
    const builtIn = BUILT_INS.find((b) => b.name === name);
    if (builtIn === undefined) return;
    this.#origin = builtIn.name;
    this.useText(builtIn.text.trimEnd());
  }

  /** A name of a built-in or a text, as a document spells it. */
  useSpelled(spelled: string): void {
    if (BUILT_INS.some((b) => b.name === spelled)) this.useBuiltIn(spelled);
    else this.useText(spelled);
  }

  useText(text: string): void {
    this.#text = text;
    this.#compileSoon.cancel();
    this.#compile(false);
  }

  /** @param edited by hand, so that a range in it counts from now on, whatever stood in the form */
  #compile(edited: boolean): void {
    const text = this.#text;
    const compiled = compileSafely(text);
    if (compiled.ok) {
      this.#faults = null;
      if (edited && this.#plan !== null) this.onranges(writtenAnew(this.#plan, compiled.value));
      this.#plan = compiled.value;
      this.#planText = text;
    } else {
      this.#faults = compiled.faults;
    }
  }
}

/** Names of axes that both plans have, with other ranges. */
function writtenAnew(before: Plan, after: Plan): string[] {
  const spelled = new Map(before.space.axes.map((axis) => [axis.name, JSON.stringify(formatRange(axis))]));
  return after.space.axes.flatMap((axis) => {
    const old = spelled.get(axis.name);
    return old === undefined || old === JSON.stringify(formatRange(axis)) ? [] : [axis.name];
  });
}

/** The compiler returns faults as data; should it throw, the page must still stand. */
function compileSafely(text: string): ReturnType<typeof compileStrategy> {
  try {
    return compileStrategy(text);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      faults: [fault('compiler_failed', `The strategy text cannot be read: ${what}.`, 'Undo the last edit.')],
    };
  }
}
