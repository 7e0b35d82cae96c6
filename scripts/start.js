import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { ROOT } from './bundle.js';
import { createStaticServer, listen } from './serve.js';

// `npm start`: builds the page and serves it as a host would, headers included. `--built` serves what the last build left.

const FIRST_PORT = 4173;
const PAGE = path.join(ROOT, 'dist');

if (!process.argv.includes('--built')) await build({ logLevel: 'warn' });
if (!existsSync(path.join(PAGE, 'index.html'))) throw new Error(`${PAGE} holds no page; run "npm run build" first.`);

const wanted = process.env['PORT'];
const server = createStaticServer(PAGE);
const port = await listen(server, wanted === undefined ? FIRST_PORT : Number(wanted), wanted === undefined);
console.log(`Barsweep is at http://localhost:${port}/ (stop with Ctrl+C)`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
