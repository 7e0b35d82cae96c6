import { expose, transfer } from 'comlink';
import { openRows } from '../metrics/rows.ts';
import { createQuestions, type Questions } from '../results/questions.ts';
import type { ResultsWorkerApi } from './results-messages.ts';

// Thread: answers what takes longer than a frame about the rows of a study, which it reads where they are.
let questions: Questions | null = null;

function opened(): Questions {
  if (questions === null) throw new Error('no study is open');
  return questions;
}

const api: ResultsWorkerApi = {
  open(buffer, axes) {
    const rows = openRows(buffer);
    if (!rows.ok) return Promise.resolve(false);
    questions = createQuestions(rows.value, axes, (bytes) =>
      globalThis.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes),
    );
    return Promise.resolve(true);
  },
  survey: (of) => Promise.resolve(opened().survey(of)),
  importance: (of) => Promise.resolve(opened().importance(of)),
  order(of) {
    const order = opened().order(of);
    return Promise.resolve(transfer(order, [order.buffer]));
  },
  surfaces(of) {
    const made = opened().surfaces(of);
    return Promise.resolve(
      transfer(
        made,
        made.flatMap(({ values, reasons, rows }) => [values.buffer, reasons.buffer, rows.buffer] as ArrayBuffer[]),
      ),
    );
  },
  filter(of) {
    const words = opened().filter(of);
    return Promise.resolve(transfer(words, [words.buffer]));
  },
  slices: (of) => Promise.resolve(opened().slices(of)),
  bins: (of) => Promise.resolve(opened().bins(of)),
  density: (of) => Promise.resolve(opened().density(of)),
  pareto: (of) => Promise.resolve(opened().pareto(of)),
};
expose(api);
