import { runSteps } from './run.js';
import { TYPES } from './steps.js';

// `npm run check`: the types of every project, components included.
const failed = await runSteps(TYPES);
if (failed.length > 0) process.exitCode = 1;
