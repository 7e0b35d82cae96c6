/** Something that was done and can be taken back. */
interface Step {
  readonly label: string; // "Range of fast set to 5..60 by 1"
  readonly key: string; // steps of one key that follow each other closely are one
  readonly undo: () => void;
  at: number; // ms
}

const MOST = 50;
const TOGETHER_MS = 1500;

/** What the person did to the set-up and to what is looked at, so that it can be taken back. */
export class History {
  #steps = $state.raw<readonly Step[]>([]);
  #said = $state.raw<{ readonly label: string; readonly undoable: boolean } | null>(null);

  /** What is told of now, and whether it can be taken back; null for nothing. */
  get said(): { readonly label: string; readonly undoable: boolean } | null {
    return this.#said;
  }

  get last(): string | null {
    return this.#steps.at(-1)?.label ?? null;
  }

  /**
   * @param undo takes it back
   * @param tell whether a note offers to take it back; what is typed is not told of
   */
  did(label: string, undo: () => void, { key = label, tell = true }: { key?: string; tell?: boolean } = {}): void {
    const now = performance.now();
    const last = this.#steps.at(-1);
    if (last?.key === key && now - last.at < TOGETHER_MS) {
      last.at = now;
      return;
    }
    const step: Step = { label, key, undo, at: now };
    this.#steps = [...this.#steps.slice(-MOST + 1), step];
    this.#said = tell ? { label, undoable: true } : null;
  }

  /** Tells of something that needs no way back. */
  tell(label: string): void {
    this.#said = { label, undoable: false };
  }

  /** Takes the last step back. @returns what was taken back, null where there is nothing */
  undo(): string | null {
    const step = this.#steps.at(-1);
    if (step === undefined) return null;
    this.#steps = this.#steps.slice(0, -1);
    this.#said = null;
    step.undo();
    return step.label;
  }

  hush(): void {
    this.#said = null;
  }
}
