import { ROOMS } from './rooms.js';

const HEAD = ['room', 'kind', 'holds', 'imports'];
const PURE_COUNT = ROOMS.filter((room) => room.kind === 'pure').length;

/** @param {import('./rooms.js').Room} room */
function importsInWords(room) {
  const pure = ROOMS.filter((other) => other.kind === 'pure' && room.imports.includes(other.name));
  const rest = room.imports.filter((name) => !pure.some((other) => other.name === name));
  const lacking = PURE_COUNT - pure.length;
  if (room.kind === 'pure' || lacking > 1) return room.imports.join(' ');
  const kernel = lacking === 1 ? ' but kernel' : '';
  return [`pure rooms${kernel}`, ...rest].join(', ');
}

/** The table of rooms in Markdown, laid out as the formatter wants it; it stands in docs/architecture.md. */
export function roomsTable() {
  const cells = ROOMS.map((room) => [`\`${room.name}/\``, room.kind, room.holds, importsInWords(room)]);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  /** @param {readonly string[]} row */
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [HEAD, rule, ...cells].map(line).join('\n');
}

if (process.argv[1] === import.meta.filename) console.log(roomsTable());
