import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { production } from './headers.js';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/**
 * The file that a request names inside `folder`, or null.
 *
 * @param {string} folder
 * @param {string} address path and query of a request
 */
function fileOf(folder, address) {
  let name;
  try {
    name = decodeURIComponent(address.split('?', 1)[0] ?? '');
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  // `normalize` of an absolute path never leaves its root.
  const file = path.join(folder, path.normalize(`/${name}`), name.endsWith('/') ? 'index.html' : '');
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true ? { file, size: found.size } : null;
}

/**
 * A static server that puts the production headers on every response, errors and worker scripts included. A compressed file is
 * plain octets: no `Content-Encoding`, as on a static host.
 *
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} headers
 */
export function createStaticServer(folder, headers = production) {
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-cache');
    const found = fileOf(folder, request.url ?? '/');
    if ((request.method !== 'GET' && request.method !== 'HEAD') || found === null) {
      response.writeHead(found === null ? 404 : 405, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(found === null ? 'Not found\n' : 'Only GET and HEAD\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': TYPES[path.extname(found.file)] ?? 'application/octet-stream',
      'Content-Length': found.size,
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(found.file).pipe(response);
  });
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port the first port tried; 0: any free one
 * @param {boolean} search whether the next ports are tried when this one is taken
 * @returns {Promise<number>} the port listened on
 */
export async function listen(server, port, search) {
  const last = search ? port + 100 : port;
  for (let tried = port; ; tried++) {
    try {
      return await listenOn(server, tried);
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || tried >= last) throw error;
    }
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<number>}
 */
function listenOn(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}
