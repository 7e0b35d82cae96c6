import path from 'node:path';
import { expectedFiles, verifyFile } from './verify-formats.ts';

const folder = path.join(process.env['BARSWEEP_REFERENCE'] ?? '', 'formats');
const totals = { right: 0, asked: 0, wrong: 0 };
for (const expected of expectedFiles(folder)) {
  const { id, verdict, notes, ms } = await verifyFile(folder, expected);
  totals[verdict]++;
  process.stdout.write(
    `${verdict.padEnd(6)}${ms.toFixed(0).padStart(5)} ms  ${id}${notes.length > 0 ? `: ${notes.join('; ')}` : ''}\n`,
  );
}
process.stdout.write(`right ${totals.right}, asked ${totals.asked}, wrong ${totals.wrong}\n`);
process.exitCode = totals.wrong > 0 ? 1 : 0;
