const KEY = 'barsweep.theme';
const MODES = ['system', 'light', 'dark'] as const;
const CONTRASTS = ['system', 'normal', 'more'] as const;

export type ThemeMode = (typeof MODES)[number];
export type ThemeContrast = (typeof CONTRASTS)[number];

/** Light or dark, and contrast: the system's until the person chooses. The only thing this page keeps on the machine. */
export class Theme {
  #mode = $state<ThemeMode>('system');
  #contrast = $state<ThemeContrast>('system');
  #dark = $state(false);
  #more = $state(false);
  #onPaper = false;
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
    const [mode, contrast] = (readStored() ?? '').split(' ');
    this.#mode = MODES.find((m) => m === mode) ?? 'system';
    this.#contrast = CONTRASTS.find((c) => c === contrast) ?? 'system';
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
      matchMedia(query).addEventListener('change', () => this.#apply());
    }
    // Paper is light, and the pictures are drawn again for it.
    for (const [event, onPaper] of [
      ['beforeprint', true],
      ['afterprint', false],
    ] as const) {
      addEventListener(event, () => {
        this.#onPaper = onPaper;
        this.#apply();
      });
    }
    this.#apply();
  }

  get mode(): ThemeMode {
    return this.#mode;
  }

  get contrast(): ThemeContrast {
    return this.#contrast;
  }

  /** What is on the screen now; read it to redraw pictures that take colours from the tokens. */
  get shown(): string {
    return `${this.#dark ? 'dark' : 'light'}${this.#more ? ' more' : ''}`;
  }

  setMode(mode: ThemeMode): void {
    this.#mode = mode;
    this.#store();
  }

  setContrast(contrast: ThemeContrast): void {
    this.#contrast = contrast;
    this.#store();
  }

  #store(): void {
    try {
      localStorage.setItem(KEY, `${this.#mode} ${this.#contrast}`);
    } catch {
      // Storage may be refused; the choice then holds until the page is closed.
    }
    this.#apply();
  }

  #apply(): void {
    const dark = this.#mode === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : this.#mode === 'dark';
    this.#dark = dark && !this.#onPaper;
    this.#more = this.#contrast === 'system' ? matchMedia('(prefers-contrast: more)').matches : this.#contrast === 'more';
    this.#root.dataset.theme = this.#dark ? 'dark' : 'light';
    if (this.#more) this.#root.dataset.contrast = 'more';
    else delete this.#root.dataset.contrast;
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
