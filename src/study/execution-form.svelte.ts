import { BLOCK_MOMENTS, BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { STORABLE_KEYS, type StorableKey } from '../metrics/columns.ts';
import type { Fault } from '../core/fault.ts';
import { newDocument, type StudyDocument } from '../document/document.ts';
import type { RangeSpelling } from '../space/range.ts';
import type { ExecutionSettings } from '../strategy/execution.ts';
import { neutralSetting, settingAt, SETTINGS, withSettings } from '../strategy/settings.ts';
import { adviceOf, firstOf, fractionToPercent, isShare, percentToFraction, rangeAround } from './setting-text.ts';
import { readObjective } from '../metrics/objective.ts';
import type { Scoring } from '../metrics/scoring.ts';

/** Number fields of the form that are no settings to sweep. */
export const NUMBER_FIELDS = {
  capital: { least: Number.MIN_VALUE, most: 1e15, says: 'an amount above 0' },
  tickSize: { least: 0, most: 1e9, says: 'an amount of 0 or more' },
  startBar: { least: 0, most: 2 ** 31, says: 'a whole bar number, 0 is the first' },
  periodsPerYear: { least: Number.MIN_VALUE, most: 1e9, says: 'a number above 0' },
} as const;

export type NumberField = keyof typeof NUMBER_FIELDS;

/** How signals become fills and money, over which bars they are scored, and what the study looks for. */
export class ExecutionForm {
  execution = $state.raw<ExecutionSettings>(newDocument().execution);
  scoring = $state.raw<Scoring>(newDocument().scoring);
  /** A metric key or an expression that can be read. */
  #objective = $state(newDocument().objective);
  /** An expression that cannot be read yet, as typed. */
  #objectiveDraft = $state<string | null>(null);
  /** Metrics that the rows keep. */
  metrics = $state.raw<readonly StorableKey[]>(newDocument().metrics);
  /** What stands in a field that does not read as its number. */
  #drafts = $state<Partial<Record<NumberField, string>>>({});
  #settingDrafts = $state.raw<Readonly<Record<string, string>>>({});

  replace(document: StudyDocument): void {
    this.execution = document.execution;
    this.scoring = document.scoring;
    this.#objective = document.objective;
    this.#objectiveDraft = null;
    this.metrics = document.metrics;
    this.#drafts = {};
    this.#settingDrafts = {};
  }

  get objective(): string {
    return this.#objective;
  }

  /** What stands in the objective's field. */
  get objectiveText(): string {
    return this.#objectiveDraft ?? this.#objective;
  }

  readonly objectiveFaults: readonly Fault[] = $derived.by(() => {
    if (this.#objectiveDraft === null) return [];
    const read = readObjective(this.#objectiveDraft);
    return read.ok ? [] : read.faults;
  });

  /** Takes a key or an expression; one that has a fault is kept as typed, and the objective stays what it was. */
  typeObjective(text: string): void {
    const sound = readObjective(text).ok;
    if (sound) this.#objective = text.trim();
    this.#objectiveDraft = sound ? null : text;
  }

  /** How many numbers a row keeps of a trial. */
  get columns(): number {
    return this.metrics.length + (this.metrics.includes(BLOCK_MOMENTS) ? BLOCK_NUMBERS - 1 : 0);
  }

  /** Adds a metric to what is stored, or takes it out; one always stays. */
  store(key: StorableKey, stored: boolean): void {
    const kept = this.metrics.filter((metric) => metric !== key);
    if (stored) this.metrics = STORABLE_KEYS.filter((metric) => metric === key || kept.includes(metric));
    else if (kept.length > 0) this.metrics = kept;
  }

  /** Another way to size an entry; a range of the way before would have no meaning, so it is one number again. */
  pickSize(kind: ExecutionSettings['sizing']['kind']): void {
    for (const { path, kind: of } of SETTINGS) if (of !== null && of !== kind && this.isSwept(path)) this.sweep(path, false);
    this.change({ sizing: { ...this.execution.sizing, kind } });
  }

  change(part: Partial<ExecutionSettings>): void {
    this.execution = { ...this.execution, ...part };
  }

  changeScoring(part: Partial<Scoring>): void {
    this.scoring = { ...this.scoring, ...part };
  }

  text(field: NumberField): string {
    return this.#drafts[field] ?? this.#stored(field);
  }

  fault(field: NumberField): string | null {
    const draft = this.#drafts[field];
    return draft === undefined ? null : `“${draft}” is not ${NUMBER_FIELDS[field].says}.`;
  }

  get faults(): readonly string[] {
    return [
      ...Object.keys(NUMBER_FIELDS).flatMap((field) => this.fault(field as NumberField) ?? []),
      ...Object.keys(this.#settingDrafts).flatMap((path) => this.settingFault(path) ?? []),
    ];
  }

  type(field: NumberField, text: string): void {
    const rule = NUMBER_FIELDS[field];
    const trimmed = text.trim();
    const typed = trimmed === '' ? Number.NaN : Number(trimmed);
    if (!(typed >= rule.least && typed <= rule.most) || (field === 'startBar' && !Number.isInteger(typed))) {
      this.#drafts[field] = trimmed;
      return;
    }
    delete this.#drafts[field];
    if (field === 'startBar') this.changeScoring({ start: typed });
    else if (field === 'periodsPerYear') this.changeScoring({ periodsPerYear: typed });
    else this.change({ [field]: typed });
  }

  #stored(field: NumberField): string {
    const { execution, scoring } = this;
    switch (field) {
      case 'startBar':
        return typeof scoring.start === 'number' ? String(scoring.start) : '';
      case 'periodsPerYear':
        return typeof scoring.periodsPerYear === 'number' ? String(scoring.periodsPerYear) : '';
      default:
        return String(execution[field]);
    }
  }

  /** The number or the range of a setting: `commission.relative`. */
  setting(path: string): number | RangeSpelling {
    return settingAt(this.execution, path) as number | RangeSpelling;
  }

  isSwept(path: string): boolean {
    return typeof this.setting(path) !== 'number';
  }

  /** What stands in a setting's field: a number, in percent where it is a share; a range as it is spelled, in fractions. */
  settingText(path: string): string {
    const draft = this.#settingDrafts[path];
    if (draft !== undefined) return draft;
    const setting = this.setting(path);
    if (typeof setting === 'number') return isShare(path) ? fractionToPercent(setting) : String(setting);
    return typeof setting === 'string' ? setting : setting.join(', ');
  }

  /** What is wrong with a number as typed; a range is judged where it is bound to the strategy. */
  settingFault(path: string): string | null {
    const draft = this.#settingDrafts[path];
    return draft === undefined ? null : `“${draft}” does not fit here. ${adviceOf(path)}`;
  }

  typeSetting(path: string, text: string): void {
    const trimmed = text.trim();
    if (this.isSwept(path)) return this.#put(path, trimmed);
    const typed = trimmed === '' ? Number.NaN : isShare(path) ? percentToFraction(trimmed) : Number(trimmed);
    const { [path]: _, ...rest } = this.#settingDrafts;
    const sound = SETTINGS.find((one) => one.path === path)?.holds(typed) === true;
    this.#settingDrafts = sound ? rest : { ...rest, [path]: trimmed };
    if (sound) this.#put(path, typed);
  }

  /** Makes an axis of a setting, around its number, or a number of it again: the first of the range. */
  sweep(path: string, swept: boolean): void {
    const now = this.setting(path);
    const { [path]: _, ...rest } = this.#settingDrafts;
    this.#settingDrafts = rest;
    if (swept) this.#put(path, rangeAround(path, typeof now === 'number' ? now : neutralSetting(path)));
    else this.#put(path, typeof now === 'number' ? now : firstOf(now, path));
  }

  /** The range of a setting that is an axis. */
  setRange(path: string, spelling: RangeSpelling): void {
    this.#put(path, spelling);
  }

  #put(path: string, value: number | RangeSpelling): void {
    this.execution = withSettings(this.execution, new Map([[path, value]]));
  }

  /** Takes a field out of use again, together with what was typed there. */
  clear(field: NumberField): void {
    delete this.#drafts[field];
  }
}
