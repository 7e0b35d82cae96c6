import type { Answers } from '../bars/answers.ts';
import { sha256Hex, utf8Bytes } from '../core/hash.ts';
import type { BlobStore } from './storage/blobs.ts';

/** A price file that was imported before and is kept on this machine, as it came. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly symbol: string;
  readonly bytes: number;
  readonly bars: number;
  readonly from: string; // ISO date of the first bar
  readonly to: string;
  readonly answers: Answers;
  readonly saved: number; // ms since 1970
}

const FOLDER = 'price-files';
const MOST_BYTES = 500e6; // of one file

/** Price files kept between visits. Whatever goes wrong here is told and never harms the study. */
export class Library {
  #files = $state.raw<readonly KeptFile[]>([]);
  #trouble = $state<string | null>(null);
  #store: Promise<BlobStore> | null = null;

  get files(): readonly KeptFile[] {
    return this.#files;
  }
  /** What could not be done, in words; null while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  dismiss(): void {
    this.#trouble = null;
  }

  /** Looks up what is kept; called once the page stands. */
  async refresh(): Promise<void> {
    await this.#try('The library of price files cannot be read', async (store) => {
      const names = (await store.names()).filter((name) => name.endsWith('.json'));
      const found = await Promise.all(names.map(async (name) => parse(await (await store.read(name))?.text())));
      this.#files = found.filter((file) => file !== null).sort((a, b) => b.saved - a.saved);
    });
  }

  /** Keeps a file under its name; one of the same name is replaced. */
  async keep(content: Blob, about: Omit<KeptFile, 'id' | 'bytes' | 'saved'>): Promise<void> {
    if (content.size > MOST_BYTES) return;
    await this.#try(`${about.name} cannot be kept in the library`, async (store) => {
      const id = sha256Hex(utf8Bytes(about.name)).slice(0, 24);
      const file: KeptFile = { ...about, id, bytes: content.size, saved: Date.now() };
      await store.write(`${id}.data`, content);
      await store.write(`${id}.json`, new Blob([JSON.stringify(file)]));
      this.#files = [file, ...this.#files.filter((other) => other.id !== id)];
    });
  }

  /** The bytes of a kept file; null where they are gone. */
  async open({ id, name }: KeptFile): Promise<File | null> {
    let found: File | null = null;
    await this.#try(`${name} cannot be opened`, async (store) => {
      const content = await store.read(`${id}.data`);
      if (content !== null) found = new File([content], name);
    });
    if (found === null && this.#trouble === null) this.#trouble = `${name} is no longer kept.`;
    return found;
  }

  async remove({ id, name }: KeptFile): Promise<void> {
    await this.#try(`${name} cannot be deleted`, async (store) => {
      await store.remove(`${id}.json`);
      await store.remove(`${id}.data`);
      this.#files = this.#files.filter((other) => other.id !== id);
    });
  }

  async #try(what: string, action: (store: BlobStore) => Promise<void>): Promise<void> {
    try {
      this.#store ??= import('./storage/blobs.ts').then(({ openBlobs }) => openBlobs(FOLDER));
      await action(await this.#store);
    } catch (error) {
      this.#store = null;
      const full = error instanceof DOMException && error.name === 'QuotaExceededError';
      this.#trouble = `${what}: ${full ? 'there is no room left' : 'this browser does not allow it'}.`;
    }
  }
}

function parse(text: string | undefined): KeptFile | null {
  try {
    const file: unknown = JSON.parse(text ?? '');
    return isKept(file) ? file : null;
  } catch {
    return null;
  }
}

function isKept(file: unknown): file is KeptFile {
  if (typeof file !== 'object' || file === null) return false;
  const { id, name, bytes, saved, answers } = file as Partial<Record<keyof KeptFile, unknown>>;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof bytes === 'number' &&
    typeof saved === 'number' &&
    typeof answers === 'object' &&
    answers !== null
  );
}
