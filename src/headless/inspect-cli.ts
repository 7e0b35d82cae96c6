import { inspectFile } from './inspect.ts';

process.exitCode = await inspectFile(process.argv.slice(2));
