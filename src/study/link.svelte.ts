import { fault, type Fault } from '../core/fault.ts';
import { ENGINE_VERSION } from '../core/version.ts';
import type { LinkView } from '../document/link.ts';
import { strategyText } from '../document/resolve.ts';
import type { StudyDocument } from '../document/document.ts';
import { debounce } from './debounce.ts';
import type { View } from './view.svelte.ts';
import type { Data } from './data.svelte.ts';

const SYNC_AFTER_MS = 300;

export const loadLinks = () => import('./link-parts.ts');

/** What the sender of a link ran on. */
export interface ExpectedBars {
  readonly hash: string | null;
  readonly symbol: string | null;
  readonly from: string | null; // ISO dates
  readonly to: string | null;
  readonly bars: number | null;
}

/** What a link is made from, and opened into. */
export interface LinkedStudy {
  readonly data: Data;
  readonly view: View;
  readonly document: StudyDocument;
  apply(document: StudyDocument): Promise<void>;
}

/** The study in the address bar: read at the start, kept up to date, copied on request. */
export class Link {
  #openedFrom = $state.raw<StudyDocument | null>(null);
  #faults = $state.raw<readonly Fault[] | null>(null);
  /** The engine that made the opened link, where it is another than this one. */
  #otherEngine = $state<string | null>(null);
  /** Until something is set up or run, the address stays as the visitor typed it. */
  #owned = false;
  #written = '';
  readonly #study: LinkedStudy;
  readonly #soon = debounce(SYNC_AFTER_MS, () => void this.sync());

  constructor(study: LinkedStudy) {
    this.#study = study;
  }

  /** The study of the link that was opened and not run yet. */
  get openedFrom(): StudyDocument | null {
    return this.#openedFrom;
  }
  get faults(): readonly Fault[] | null {
    return this.#faults;
  }

  /** Another engine may give other numbers; null where the link's is this one, or unknown. */
  get otherEngine(): { title: string; text: string } | null {
    if (this.#openedFrom === null || this.#otherEngine === null) return null;
    return {
      title: 'This link was made with another engine.',
      text: `It says version ${this.#otherEngine}, this page is version ${ENGINE_VERSION}. The results may differ.`,
    };
  }

  readonly expected: ExpectedBars | null = $derived.by(() => {
    const data = this.#openedFrom?.data;
    if (data === undefined) return null;
    if ('file' in data) return data.file;
    return { hash: data.hash ?? null, symbol: null, from: null, to: null, bars: null };
  });

  /** How the bars here differ from the sender's, in words; null where they are equal or unknown. */
  readonly difference: { title: string; text: string } | null = $derived.by(() => {
    const expected = this.expected;
    if (expected === null || expected.hash === null) return null;
    const theirs = [
      expected.symbol,
      expected.bars === null ? null : `${spaced(expected.bars)} bars`,
      range(expected.from, expected.to),
      `hash ${short(expected.hash)}`,
    ];
    const sender = theirs.filter((part) => part !== null).join(', ');
    const { data } = this.#study;
    if (data.market === null || data.bars === null || data.report === null) {
      if (data.busy !== null) return null;
      const wanted = this.#openedFrom?.data;
      const name = wanted !== undefined && 'file' in wanted ? `${wanted.file.name}: ` : '';
      return {
        title: 'This study needs the sender’s price file.',
        text: `It was made with ${name}${sender}. Drop that file on this page.`,
      };
    }
    if (data.hash === expected.hash) return null;
    const { report } = data;
    const own = [
      data.market.symbol,
      `${spaced(report.bars)} bars`,
      range(day(report.from), day(report.to)),
      `hash ${short(data.hash ?? '')}`,
    ].join(', ');
    return {
      title: 'These are not the sender’s bars.',
      text: `The link was made with ${sender}. Here: ${own}. The results will differ.`,
    };
  });

  dismiss(): void {
    this.#faults = null;
  }

  /** Another study than the link's was begun. */
  forget(): void {
    this.#openedFrom = null;
    this.#faults = null;
    this.#owned = true;
  }

  began(): void {
    this.#owned = true;
  }

  /** Opens the address bar's study, if there is one. Nothing runs by itself. */
  async open(fragment: string): Promise<void> {
    const text = fragment.replace(/^#/, '');
    if (text === '' || text === this.#written) return;
    const parts = await loadLinks().catch(() => null);
    if (parts === null) {
      this.#faults = [
        fault('link_unloaded', 'The link was not read: a file of this page could not be had.', 'Reload when you are online.'),
      ];
      return;
    }
    const { decodeLink, streamCodec } = parts;
    const decoded = await decodeLink(text, streamCodec);
    if (!decoded.ok) {
      this.#faults = decoded.faults;
      return;
    }
    const { document, view, version } = decoded.value;
    const known = strategyText(document.strategy);
    if (!known.ok) {
      this.#faults = known.faults;
      return;
    }
    this.#faults = null;
    this.#owned = true;
    this.#openedFrom = document;
    this.#otherEngine = version === '' || version === ENGINE_VERSION ? null : version.slice(0, 20);
    this.#study.view.clear();
    this.#study.view.wish(view);
    await this.#study.apply(document);
  }

  syncSoon(): void {
    this.#soon();
  }

  /** Writes the study into the address bar, without a new entry in the history. */
  async sync(): Promise<void> {
    const { data } = this.#study;
    if (data.busy !== null || (!this.#owned && data.source === null)) return;
    this.#soon.cancel();
    if (await this.#standsAsOpened()) return;
    const text = await this.#encode();
    if (text === null || text === this.#written) return;
    this.#written = text;
    history.replaceState(null, '', `#${text}`);
  }

  /** @returns what to tell the person */
  async copy(): Promise<string> {
    this.#owned = true;
    const text = await this.#encode();
    if (text === null) return 'This study does not fit into a link: the strategy text is too long.';
    this.#written = text;
    history.replaceState(null, '', `#${text}`);
    try {
      await navigator.clipboard.writeText(location.href);
      return `Link copied, ${location.href.length} characters.`;
    } catch {
      return 'The browser refused the clipboard. Copy the address bar: it holds the link.';
    }
  }

  /** A link made on other bars stays in the address until something is changed or run: a reload tells of them again. */
  async #standsAsOpened(): Promise<boolean> {
    const from = this.#openedFrom;
    const { document, view } = this.#study;
    if (from === null || this.difference === null || view.rows !== null) return false;
    const { encodeLink, streamCodec } = await loadLinks();
    const theirs = await encodeLink(from, view.wished, streamCodec);
    const ours = await encodeLink({ ...document, data: from.data }, view.wished, streamCodec);
    return theirs.ok && ours.ok && theirs.value === ours.value;
  }

  async #encode(): Promise<string | null> {
    const { encodeLink, spellLook, spellView, streamCodec } = await loadLinks();
    const { document, view } = this.#study;
    const shown: LinkView =
      view.rows === null
        ? view.wished
        : { ...spellView(view.axes, view.metric, view.spec, view.filterText), ...spellLook(view) };
    const encoded = await encodeLink(document, shown, streamCodec);
    return encoded.ok ? encoded.value : null;
  }
}

/** 9310 → 9 310, with a narrow space that does not break. */
export function spaced(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function short(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;
}

function range(from: string | null, to: string | null): string | null {
  return from === null || to === null ? null : `${from} to ${to}`;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
