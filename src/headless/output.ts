import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { errorText } from '../workers/error-text.ts';

/** Where results go. Waits where the reader is slower. */
export interface Output {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/**
 * Opens a file, or standard output; before the study runs, so that a wrong name is told at once.
 *
 * @param onError called where writing to the open file fails, as on a full disk; it ends the program
 */
export async function openOutput(name: string | null, onError: (error: Error) => void): Promise<Outcome<Output>> {
  if (name === null) return ok(outputTo(process.stdout, () => Promise.resolve()));
  try {
    const stream = createWriteStream(name, { encoding: 'utf8' });
    await once(stream, 'open');
    stream.on('error', onError);
    return ok(outputTo(stream, () => finished(stream.end())));
  } catch (error) {
    return failed(
      fault(
        'out_unwritable',
        `The file ${name} cannot be written: ${errorText(error)}.`,
        'Name a file in a folder that exists.',
      ),
    );
  }
}

function outputTo(stream: Writable, end: () => Promise<void>): Output {
  return {
    async write(text) {
      if (!stream.write(text)) await once(stream, 'drain');
    },
    end,
  };
}
