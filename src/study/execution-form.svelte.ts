import { SELECTABLE_KEYS, type MetricKey } from '../metrics/columns.ts';
import type { Fault } from '../core/fault.ts';
import { newDocument, type StudyDocument } from '../document/schema.ts';
import type { RangeSpelling } from '../space/range.ts';
import type { ExecutionSettings } from '../strategy/execution.ts';
import { readObjective } from '../metrics/objective.ts';
import type { Scoring } from '../metrics/scoring.ts';

/** The number fields of the form; percentages are typed in percent and kept as fractions. */
export const NUMBER_FIELDS = {
  relative: { percent: true, least: 0, most: 100, says: 'a percentage from 0 to below 100' },
  fixed: { percent: false, least: 0, most: 1e12, says: 'an amount of 0 or more' },
  slippage: { percent: true, least: 0, most: 100, says: 'a percentage from 0 to below 100' },
  capital: { percent: false, least: Number.MIN_VALUE, most: 1e15, says: 'an amount above 0' },
  startBar: { percent: false, least: 0, most: 2 ** 31, says: 'a whole bar number, 0 is the first' },
  periodsPerYear: { percent: false, least: Number.MIN_VALUE, most: 1e9, says: 'a number above 0' },
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
  metrics = $state.raw<readonly MetricKey[]>(newDocument().metrics);
  /** What stands in a field that does not read as its number. */
  #drafts = $state<Partial<Record<NumberField, string>>>({});

  replace(document: StudyDocument): void {
    this.execution = document.execution;
    this.scoring = document.scoring;
    this.#objective = document.objective;
    this.#objectiveDraft = null;
    this.metrics = document.metrics;
    this.#drafts = {};
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

  /** Adds a metric to what is stored, or takes it out; one always stays. */
  store(key: MetricKey, stored: boolean): void {
    const kept = this.metrics.filter((metric) => metric !== key);
    if (stored) this.metrics = SELECTABLE_KEYS.filter((metric) => metric === key || kept.includes(metric));
    else if (kept.length > 0) this.metrics = kept;
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
    return Object.keys(NUMBER_FIELDS).flatMap((field) => this.fault(field as NumberField) ?? []);
  }

  type(field: NumberField, text: string): void {
    const rule = NUMBER_FIELDS[field];
    const trimmed = text.trim();
    const typed = trimmed === '' ? Number.NaN : Number(trimmed);
    const sound =
      typed >= rule.least &&
      typed <= rule.most &&
      !(rule.percent && typed >= 100) &&
      (field !== 'startBar' || Number.isInteger(typed));
    if (!sound) {
      this.#drafts[field] = trimmed;
      return;
    }
    delete this.#drafts[field];
    this.#store(field, rule.percent ? percentToFraction(trimmed) : typed);
  }

  #stored(field: NumberField): string {
    const { execution, scoring } = this;
    switch (field) {
      case 'relative':
        return shownSetting(execution.commission.relative, true);
      case 'fixed':
        return shownSetting(execution.commission.fixed, false);
      case 'slippage':
        return shownSetting(execution.slippage, true);
      case 'capital':
        return String(execution.capital);
      case 'startBar':
        return typeof scoring.start === 'number' ? String(scoring.start) : '';
      case 'periodsPerYear':
        return typeof scoring.periodsPerYear === 'number' ? String(scoring.periodsPerYear) : '';
    }
  }

  #store(field: NumberField, value: number): void {
    const { commission } = this.execution;
    switch (field) {
      case 'relative':
      case 'fixed':
        this.change({ commission: { ...commission, [field]: value } });
        break;
      case 'slippage':
      case 'capital':
        this.change({ [field]: value });
        break;
      case 'startBar':
        this.changeScoring({ start: value });
        break;
      case 'periodsPerYear':
        this.changeScoring({ periodsPerYear: value });
    }
  }

  /** Takes a field out of use again, together with what was typed there. */
  clear(field: NumberField): void {
    delete this.#drafts[field];
  }
}

/** A range or list stands in the field as it is spelled in the document, in fractions. */
function shownSetting(setting: number | RangeSpelling, percent: boolean): string {
  if (typeof setting === 'number') return percent ? fractionToPercent(setting) : String(setting);
  return typeof setting === 'string' ? setting : setting.join(', ');
}

/** "0.1" (percent) → 0.001, by the decimal point alone: no multiplication, no rounding noise. */
export function percentToFraction(text: string): number {
  return /e/i.test(text) ? Number(text) / 100 : Number(`${text}e-2`);
}

/** 0.001 → "0.1", shortest text that reads back as the same fraction. */
export function fractionToPercent(fraction: number): string {
  for (let digits = 1; digits <= 17; digits++) {
    const text = String(Number((fraction * 100).toPrecision(digits)));
    if (percentToFraction(text) === fraction) return text;
  }
  return String(fraction * 100);
}
