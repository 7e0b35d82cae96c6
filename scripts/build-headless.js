import { ensureHeadless } from './bundle.js';

await ensureHeadless();
