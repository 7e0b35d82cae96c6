import type { Fault } from '../core/fault.ts';
import type { StudySearch } from '../document/document.ts';
import { readWhere } from '../document/where.ts';
import type { MethodName } from '../search/spec.ts';

/** What a person is ready to wait, in milliseconds; it only moves the recommendation. */
export const WAITS = [
  [10_000, '10 s'],
  [60_000, '1 min'],
  [600_000, '10 min'],
  [3_600_000, '1 h'],
] as const;

const USUAL_TRIALS = 2000;
const DIGITS = /^\d{1,9}$/;

export type Field = 'trials' | 'patience' | 'seconds';

/** How trials are chosen, and when the search ends. */
export class SearchForm {
  #search = $state.raw<StudySearch>({ method: 'grid' });
  /** What stands in a field that is no number. */
  #drafts = $state<Partial<Record<Field | 'where', string>>>({});
  /** Time after which no further trial is chosen; not part of the study, which says how many ran. */
  #seconds = $state<number | null>(null);
  wait = $state<number>(60_000);

  get search(): StudySearch {
    return this.#search;
  }
  get seconds(): number | null {
    return this.#seconds;
  }
  get method(): MethodName {
    return this.#search.method;
  }

  replace(search: StudySearch): void {
    this.#search = search;
    this.#drafts = {};
  }

  /** @param trials budget where the method needs one and has none yet */
  pick(method: MethodName, trials: number | null): void {
    const { generation: _, objectives: __, ...kept } = this.#search;
    if (method === 'grid' && kept.before === undefined) {
      const { trials: ___, robust: ____, seed: _____, where: ______, ...rest } = kept;
      this.#search = { ...rest, method };
    } else if (method === 'nsga') {
      this.#search = { ...kept, method, trials: kept.trials ?? trials ?? USUAL_TRIALS, objectives: ['maxDrawdown'] };
    } else this.#search = { ...kept, method, trials: kept.trials ?? trials ?? USUAL_TRIALS };
    if (trials !== null) this.#search = { ...this.#search, trials };
    this.#drafts = {};
  }

  setRobust(robust: boolean): void {
    const { robust: _, ...rest } = this.#search;
    this.#search = robust ? { ...rest, robust } : rest;
  }

  /** The second thing that NSGA-II makes better. */
  setSecond(key: NonNullable<StudySearch['objectives']>[number]): void {
    this.#search = { ...this.#search, objectives: [key] };
  }

  text(field: Field): string {
    const draft = this.#drafts[field];
    if (draft !== undefined) return draft;
    const value = field === 'seconds' ? this.#seconds : this.#search[field];
    return value === undefined || value === null ? '' : String(value);
  }

  isFaulty(field: Field | 'where'): boolean {
    return this.#drafts[field] !== undefined;
  }

  /** An empty field is no limit. */
  type(field: Field, text: string): void {
    const { [field]: _, ...drafts } = this.#drafts;
    const bare = text.replace(/\s/g, '');
    const value = bare === '' ? null : DIGITS.test(bare) && Number(bare) > 0 ? Number(bare) : NaN;
    if (Number.isNaN(value) || (field === 'trials' && value === null && this.method !== 'grid')) {
      this.#drafts = { ...drafts, [field]: text };
      return;
    }
    this.#drafts = drafts;
    if (field === 'seconds') this.#seconds = value;
    else {
      const { [field]: __, ...rest } = this.#search;
      this.#search = value === null ? rest : { ...rest, [field]: value };
    }
  }

  /** The condition that a trial must keep, as typed. */
  get where(): string {
    return this.#drafts.where ?? this.#search.where ?? '';
  }

  /** What is wrong with the condition. */
  get whereFaults(): readonly Fault[] {
    const { where } = this.#drafts;
    const read = where === undefined ? null : readWhere(where);
    return read?.ok === false ? read.faults : [];
  }

  /** An empty text is no condition. */
  setWhere(text: string): void {
    const { where: _, ...drafts } = this.#drafts;
    const { where: __, ...rest } = this.#search;
    const bare = text.trim();
    if (bare !== '' && !readWhere(bare).ok) {
      this.#drafts = { ...drafts, where: text };
      return;
    }
    this.#drafts = drafts;
    this.#search = bare === '' ? rest : { ...rest, where: bare };
  }

  get faulty(): boolean {
    return Object.keys(this.#drafts).length > 0;
  }
}
