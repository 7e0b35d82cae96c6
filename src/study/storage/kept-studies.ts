import { createStorage } from '../../workers/storage-client.ts';
import { createLibrary } from './library.ts';

export { Recorder } from './recorder.ts';
export { packStudy, unpackStudy } from './study-file.ts';

/** The studies of this machine. What keeps them comes in a file of its own: the first paint needs none of it. */
export const library = createLibrary(createStorage());
