import { expose } from 'comlink';
import { createEngine } from '../kernel/engine.ts';
import { createSession } from './session.ts';
import { withFaults } from './test-faults.ts';

// Thread: a sweep worker of the page. In the build for tests, trials can be ordered to fail; other builds leave that out.
expose(createSession(import.meta.env.MODE === 'faults' ? withFaults(createEngine) : createEngine));
