import { BLOCKS } from '../metrics/blocks.ts';
import { MAINTENANCE } from './costs.ts';
import type { Course } from './course.ts';
import {
  CASH,
  DOWN,
  FILL,
  FLOOR,
  LAST,
  MOMENTS,
  MOVED,
  PEAK,
  SAMPLED,
  SHIFT,
  SQUARES,
  SUM,
  UNITS,
  WORST,
  type Ledger,
} from './ledger.ts';

/**
 * Equity at the closes of bars [from, to) of a trade, sampled at every bar; the block moments are the caller's.
 * @returns the first bar at whose close equity is ≤ 0 or calls for margin, or −1; up to the bar before it everything is booked
 */
export function holdBars({ close, costs }: Course, ledger: Ledger, from: number, to: number): number {
  const cash = ledger[CASH]!;
  const units = ledger[UNITS]!;
  const fill = ledger[FILL]!;
  const shift = ledger[SHIFT]!;
  const maintenance = costs[MAINTENANCE]! * Math.abs(units);
  let last = ledger[LAST]!;
  let peak = ledger[PEAK]!;
  let worst = ledger[WORST]!;
  let floor = ledger[FLOOR]!;
  let sum = ledger[SUM]!;
  let squares = ledger[SQUARES]!;
  let down = ledger[DOWN]!;
  let ends = -1;
  let i = from;
  for (; i < to; i++) {
    const price = close[i]!;
    const equity = cash + units * (price - fill);
    if (equity <= 0 || equity < maintenance * Math.abs(price)) {
      ends = i;
      break;
    }
    const r = equity / last - 1;
    const shifted = r - shift;
    const loss = (r - Math.abs(r)) * 0.5; // min(r, 0) without a branch
    sum += shifted;
    squares += shifted * shifted;
    down += loss * loss;
    last = equity;
    if (equity > peak) {
      peak = equity;
      floor = worst * peak;
    } else if (equity < floor) {
      worst = equity / peak;
      floor = equity;
    }
  }
  ledger[LAST] = last;
  ledger[PEAK] = peak;
  ledger[WORST] = worst;
  ledger[FLOOR] = floor;
  ledger[SUM] = sum;
  ledger[SQUARES] = squares;
  ledger[DOWN] = down;
  ledger[MOVED] = ledger[MOVED]! + (i - from);
  return ends;
}

/** As holdBars, returns sampled at the bars that `nextSample` names; drawdown still at every close. */
export function holdDays(course: Course, ledger: Ledger, nextSample: Int32Array, from: number, to: number): number {
  const { close, costs } = course;
  const cash = ledger[CASH]!;
  const units = ledger[UNITS]!;
  const fill = ledger[FILL]!;
  const maintenance = costs[MAINTENANCE]! * Math.abs(units);
  let peak = ledger[PEAK]!;
  let worst = ledger[WORST]!;
  let floor = ledger[FLOOR]!;
  let ends = -1;
  for (let i = from; i < to && ends < 0;) {
    const sample = nextSample[i]!;
    const stop = Math.min(sample + 1, to);
    let equity = 0;
    for (; i < stop; i++) {
      const price = close[i]!;
      equity = cash + units * (price - fill);
      if (equity <= 0 || equity < maintenance * Math.abs(price)) {
        ends = i;
        break;
      }
      if (equity > peak) {
        peak = equity;
        floor = worst * peak;
      } else if (equity < floor) {
        worst = equity / peak;
        floor = equity;
      }
    }
    if (ends < 0 && i > sample) {
      ledger[SAMPLED] = equity;
      bookSample(course, ledger, sample);
    }
  }
  ledger[PEAK] = peak;
  ledger[WORST] = worst;
  ledger[FLOOR] = floor;
  return ends;
}

/**
 * Bars [from, to) without a position: equity is the cash. It moved at most at the first of them, so one sample stands for all;
 * the others have return 0.
 */
export function rest(course: Course, ledger: Ledger, from: number, to: number): void {
  if (from >= to) return;
  const { nextSample } = course;
  const cash = ledger[CASH]!;
  if (cash > ledger[PEAK]!) {
    ledger[PEAK] = cash;
    ledger[FLOOR] = ledger[WORST]! * cash;
  } else if (cash < ledger[FLOOR]!) {
    ledger[WORST] = cash / ledger[PEAK]!;
    ledger[FLOOR] = cash;
  }
  const sample = nextSample === null ? from : nextSample[from]!;
  if (cash === ledger[LAST] || sample >= to) return;
  ledger[SAMPLED] = cash;
  bookSample(course, ledger, sample);
}

/** Nothing is left: equity is 0 from bar `from` to the end, whose first sample has return −1. */
export function lose(course: Course, ledger: Ledger, from: number): void {
  ledger[CASH] = 0;
  ledger[WORST] = 0;
  ledger[FLOOR] = 0;
  ledger[SAMPLED] = 0;
  bookSample(course, ledger, course.nextSample === null ? from : course.nextSample[from]!);
}

/** Books the ledger's SAMPLED at a sample. */
function bookSample({ blocks }: Course, ledger: Ledger, bar: number): void {
  const equity = ledger[SAMPLED]!;
  const r = equity / ledger[LAST]! - 1;
  const shifted = r - ledger[SHIFT]!;
  const loss = Math.min(r, 0);
  ledger[SUM] = ledger[SUM]! + shifted;
  ledger[SQUARES] = ledger[SQUARES]! + shifted * shifted;
  ledger[DOWN] = ledger[DOWN]! + loss * loss;
  ledger[MOVED] = ledger[MOVED]! + 1;
  ledger[LAST] = equity;
  if (blocks === null) return;
  const at = MOMENTS + blocks.of[bar]!;
  ledger[at] = ledger[at]! + r;
  ledger[at + BLOCKS] = ledger[at + BLOCKS]! + r * r;
}
