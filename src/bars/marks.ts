import { answerTo, type Answers, type Question } from './answers.ts';
import { makeMarkProof, provenMark, type DecimalMark, type MarkProof } from './numbers.ts';

/** The decimal mark of the price columns, of the volume column, and what the cells of each prove. */
export interface Marks {
  readonly price: DecimalMark;
  readonly volume: DecimalMark;
}

export interface MarkProofs {
  readonly price: MarkProof;
  readonly volume: MarkProof;
}

export function makeMarkProofs(): MarkProofs {
  return { price: makeMarkProof(), volume: makeMarkProof() };
}

export interface MarkVerdict extends Marks {
  readonly question: Question | null;
}

/** Decides what points and commas mean: each kind of column by its own cells, else by the other's, else by the person. */
export function decideMarks({ price, volume }: MarkProofs, answers: Answers): MarkVerdict {
  const told = answerTo(answers, 'decimal_mark');
  if (told === '.' || told === ',') return { price: told, volume: told, question: null };
  const own = settled(price);
  const other = settled(volume);
  if (own !== null) return { price: own, volume: other ?? own, question: null };
  // No price decides: 16.705 beside a volume of 40.236.219 is a German thousand, 1,234 beside 39,022,377 an English one.
  if (other !== null && price.lonePoint + price.loneComma > 0) return { price: other, volume: other, question: null };
  if (price.loneComma === 0) return { price: '.', volume: other ?? '.', question: null };
  return { price: '.', volume: other ?? '.', question: ask() };
}

function settled(proof: MarkProof): DecimalMark | null {
  const proven = provenMark(proof);
  if (proven === 'both') return proof.point >= proof.comma ? '.' : ',';
  return proven === 'none' ? null : proven;
}

function ask(): Question {
  return {
    key: 'decimal_mark',
    text: 'A number like 1,234 can be one thousand or a little more than one, and nothing else in the file decides it.',
    readings: [
      { value: '.', text: '1,234 is one thousand two hundred and thirty-four' },
      { value: ',', text: '1,234 is one and 234 thousandths' },
    ],
    preselected: '.',
    line: 0,
  };
}
