import { layOut, type MemoShape } from '../strategy/memo-layout.ts';

/**
 * Which slot of an arena holds which node's value for which tuple of axis positions.
 *
 * Two kinds of nodes. `table`: the node's tuples recur and are few enough to be listed; a tuple's value stays in one of the
 * shared slots until that slot is needed for another. `own`: every trial has another tuple (or there are too many to list), or the
 * value only passes into another that is remembered; the node has a slot of its own that remembers its last tuple. A value in use
 * in the running trial is never replaced, so there are at least as many shared slots as table nodes.
 */
export interface Memo {
  /** Slots of the arena, own ones first. */
  readonly slots: number;
  /** Starts the next trial: every slot may be replaced again. */
  begin(): void;
  /** The slot that holds node `member` at tuple number `key`, or −1. It is kept for the running trial. */
  find(member: number, key: number): number;
  /** A slot to compute it into; from then on `find` gives it. Call only after `find` gave −1. */
  claim(member: number, key: number): number;
}

/** Slots that one trial may need at once, and slots beyond which more of them would stay empty. */
export function slotRange(shape: MemoShape): { least: number; most: number } {
  const { own, shared, entries } = layOut(shape);
  return { least: own + shared, most: own + Math.max(shared, entries) };
}

/** @param slots at least `slotRange(shape).least` */
export function createMemo(shape: MemoShape, slots: number): Memo {
  const { offsets, entries, own } = layOut(shape);
  const members = shape.tuples.length;
  const ownSlot = new Int32Array(members).fill(-1);
  const ownKey = new Float64Array(members).fill(-1);
  let next = 0;
  for (let m = 0; m < members; m++) if (offsets[m]! < 0) ownSlot[m] = next++;

  const slotOf = new Int32Array(entries).fill(-1);
  const entryIn = new Int32Array(slots).fill(-1); // what a shared slot holds
  const usedIn = new Float64Array(slots); // number of the last trial that used it
  let trial = 1;
  let hand = 1; // state of a small generator: which slot to empty next

  function emptySlot(): number {
    if (next < slots) return next++;
    // A random victim: where more tuples go round than fit, the least recently used one is always the next to be needed.
    hand = (Math.imul(hand, 1664525) + 1013904223) >>> 0;
    let slot = own + Math.floor((hand / 4294967296) * (slots - own));
    while (usedIn[slot] === trial) slot = slot + 1 < slots ? slot + 1 : own;
    slotOf[entryIn[slot]!] = -1;
    return slot;
  }

  return {
    slots,
    begin() {
      trial++;
    },
    find(member, key) {
      const offset = offsets[member]!;
      if (offset < 0) return ownKey[member] === key ? ownSlot[member]! : -1;
      const slot = slotOf[offset + key]!;
      if (slot >= 0) usedIn[slot] = trial;
      return slot;
    },
    claim(member, key) {
      const offset = offsets[member]!;
      if (offset < 0) {
        ownKey[member] = key;
        return ownSlot[member]!;
      }
      const slot = emptySlot();
      slotOf[offset + key] = slot;
      entryIn[slot] = offset + key;
      usedIn[slot] = trial;
      return slot;
    },
  };
}
