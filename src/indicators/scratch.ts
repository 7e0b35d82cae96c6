/**
 * Memory for what an indicator computes on its way. It is a stack: what one computation borrows lies above what its caller holds,
 * so computations may use each other. Buffers grow to the longest study's bars and stay; after the first calls nothing is allocated.
 */
interface Slot {
  readonly doubles: Float64Array;
  readonly indices: Int32Array; // the same memory
}

const slots: Slot[] = [];
let inUse = 0;

function borrow(length: number): Slot {
  let slot = slots[inUse];
  if (slot === undefined || slot.doubles.length < length) {
    const doubles = new Float64Array(length);
    slot = { doubles, indices: new Int32Array(doubles.buffer) };
    slots[inUse] = slot;
  }
  inUse += 1;
  return slot;
}

/** A buffer of at least `length`, holding anything, until `releaseScratch` with an earlier mark. */
export function borrowDoubles(length: number): Float64Array {
  return borrow(length).doubles;
}

/** The same for bars and other small whole numbers. */
export function borrowIndices(length: number): Int32Array {
  return borrow(length).indices;
}

/** The mark of this moment. */
export function scratchInUse(): number {
  return inUse;
}

/** Gives back what was borrowed since the mark. */
export function releaseScratch(mark: number): void {
  inUse = mark;
}
