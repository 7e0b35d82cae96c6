/** What a person has said about a file, by key. Every key and value is data from outside: look it up with `answerTo`. */
export type Answers = Readonly<Record<string, string>>;

export interface Reading {
  readonly value: string; // the answer that chooses it
  readonly text: string; // in words, for people
}

/** What the file alone cannot decide. */
export interface Question {
  readonly key: string; // of the answer
  readonly text: string; // one sentence
  readonly readings: readonly Reading[];
  readonly preselected: string; // one of the values
  readonly line: number; // 1-based line of an example; 0 where it is about the whole file
}

/** One thing that was decided about a file, and what else it could have been. */
export interface Decision {
  readonly key: string;
  readonly text: string; // in words
  readonly value: string;
  readonly readings: readonly Reading[]; // empty: any time of day, 09:30
  readonly answered: boolean; // by a person, not by the file
}

export const NO_ANSWERS: Answers = {};

export function answerTo(answers: Answers, key: string): string | null {
  return Object.hasOwn(answers, key) ? (answers[key] ?? null) : null;
}
