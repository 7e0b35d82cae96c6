import { failed, fault, ok, type Outcome } from '../../core/fault.ts';
import type { MakeBuffer } from '../../core/buffer.ts';
import { BLOCK_NUMBERS } from '../../metrics/blocks.ts';
import { openRows, type Rows } from '../../metrics/rows.ts';
import { TRIAL_STATES } from '../../metrics/state.ts';
import type { RowRange } from '../../schedule/chunks.ts';
import type { Axis } from '../../space/axis.ts';
import type { Piece } from '../../workers/storage-messages.ts';

/** Where the memory of finished rows lies, column by column; with the header, which every checkpoint writes again. */
export function piecesOfRanges(rows: Rows, ranges: readonly RowRange[]): Piece[] {
  const columns = [rows.states, rows.markets, ...rows.positions, ...rows.columns];
  const first = rows.states.byteOffset;
  const pieces: Piece[] = [{ at: 0, length: first }];
  for (const { from, to } of ranges) {
    for (const { byteOffset, BYTES_PER_ELEMENT } of columns) {
      pieces.push({ at: byteOffset + from * BYTES_PER_ELEMENT, length: (to - from) * BYTES_PER_ELEMENT });
    }
    if (rows.moments.length > 0) {
      const bytes = BLOCK_NUMBERS * rows.moments.BYTES_PER_ELEMENT;
      pieces.push({ at: rows.moments.byteOffset + from * bytes, length: (to - from) * bytes });
    }
  }
  return pieces;
}

/** Kept rows in memory that workers can share, after checking them: they may come from a stranger's file. */
export function restoreRows(bytes: ArrayBuffer, axes: readonly Axis[], make: MakeBuffer): Outcome<Rows> {
  const memory = make(bytes.byteLength);
  new Uint8Array(memory).set(new Uint8Array(bytes));
  const opened = openRows(memory);
  if (!opened.ok) return opened;
  const rows = opened.value;
  if (rows.positions.length !== axes.length)
    return damaged(`they have ${rows.positions.length} axes and the study ${axes.length}`);
  for (const [a, { name, size }] of axes.entries()) {
    if (rows.positions[a]!.some((position) => position >= size)) return damaged(`axis ${name} has ${size} values and not more`);
  }
  if (rows.states.some((state) => TRIAL_STATES[state] === undefined)) return damaged('a trial has a state that does not exist');
  return ok(rows);
}

function damaged(what: string): Outcome<Rows> {
  return failed(fault('rows_damaged', `The kept results cannot be read: ${what}.`, 'Run the study again.'));
}
