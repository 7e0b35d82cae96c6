/**
 * Median of the first `count` entries, which are put into another order. Of an even count the mean of the two in the middle;
 * where one of those is infinite and they differ, the worse one, so that a median never turns into "not a number".
 *
 * @param worse −1 where smaller is worse, 1 where larger is
 */
export function medianInPlace(values: Float64Array, count: number, worse: -1 | 1): number {
  if (count === 0) return NaN;
  const middle = count >> 1;
  const upper = select(values, count, middle);
  if ((count & 1) === 1) return upper;
  let lower = values[0]!;
  for (let i = 1; i < middle; i++) if (values[i]! > lower) lower = values[i]!;
  if (lower === upper) return upper;
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) return worse < 0 ? lower : upper;
  return (lower + upper) / 2;
}

const SHORT = 24;

/** Quickselect: afterwards entry `k` stands where sorting would put it, with none larger before it. No entry is NaN. */
function select(values: Float64Array, count: number, k: number): number {
  let low = 0;
  let high = count - 1;
  while (high - low > SHORT) {
    const pivot = middleOf(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swap = values[i]!;
      values[i] = values[j]!;
      values[j] = swap;
      i++;
      j--;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return values[k]!;
  }
  insertionSort(values, low, high);
  return values[k]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function insertionSort(values: Float64Array, low: number, high: number): void {
  for (let i = low + 1; i <= high; i++) {
    const value = values[i]!;
    let j = i - 1;
    while (j >= low && values[j]! > value) {
      values[j + 1] = values[j]!;
      j--;
    }
    values[j + 1] = value;
  }
}
