import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { headersFile, production } from './headers.js';

/**
 * Writes `_headers` beside the built page.
 *
 * @returns {import('vite').Plugin}
 */
export function emitHeaders() {
  return {
    name: 'barsweep:headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(production) });
    },
  };
}

/**
 * Serves `.gz` files as they are. Vite's file server would declare them as `Content-Encoding: gzip`, the browser would unpack
 * them on the way in, and the page would get other bytes in development than from a static host.
 *
 * @returns {import('vite').Plugin}
 */
export function plainGzip() {
  /**
   * @param {string} folder
   * @param {import('node:http').OutgoingHttpHeaders} headers
   */
  const serveFrom =
    (folder, headers) =>
    /** @type {import('vite').Connect.NextHandleFunction} */
    (request, response, next) => {
      const name = decodeURIComponent((request.url ?? '').split('?', 1)[0] ?? '');
      const file = path.join(folder, path.normalize(`/${name}`));
      const found = name.endsWith('.gz') ? statSync(file, { throwIfNoEntry: false }) : undefined;
      if (found?.isFile() !== true) {
        next();
        return;
      }
      response.writeHead(200, { ...headers, 'Content-Type': 'application/octet-stream', 'Content-Length': found.size });
      createReadStream(file).pipe(response);
    };
  return {
    name: 'barsweep:plain-gzip',
    configureServer(server) {
      server.middlewares.use(serveFrom(server.config.publicDir, server.config.server.headers));
    },
    configurePreviewServer(server) {
      const folder = path.resolve(server.config.root, server.config.build.outDir);
      server.middlewares.use(serveFrom(folder, server.config.preview.headers));
    },
  };
}
