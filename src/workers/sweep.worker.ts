import { expose } from 'comlink';
import { createEngine } from '../kernel/engine.ts';
import { createSession } from './session.ts';

// Thread: a sweep worker of the page.
expose(createSession(createEngine));
