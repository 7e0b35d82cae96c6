import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headersFile, production } from '../../scripts/headers.js';
import { createStaticServer, listen } from '../../scripts/serve.js';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const folder = mkdtempSync(path.join(tmpdir(), 'barsweep-headers-'));
let server: Server;
let port: number;

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), 'page');
  writeFileSync(path.join(folder, 'a.worker-1234.js'), 'worker');
  writeFileSync(path.join(folder, 'a.csv.gz'), 'bytes');
  server = createStaticServer(path.join(folder));
  port = await listen(server, 0, false);
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

// `fetch` would clean the path up before it sends it.
function get(address: string, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: address, method }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

it.each([
  ['/', 200],
  ['/?a#b', 200],
  ['/a.worker-1234.js', 200],
  ['/a.csv.gz', 200],
  ['/missing.js', 404],
  ['/%', 404],
  ['/a%00', 404],
  ['/../../../../../../etc/passwd', 404],
  ['/..%2f..%2f..%2f..%2fetc/passwd', 404],
])('%s carries every header', async (address, status) => {
  const reply = await get(address);
  expect(reply.status).toBe(status);
  for (const [name, value] of Object.entries(production)) expect(reply.headers[name.toLowerCase()]).toBe(value);
});

it('a compressed file is handed over as it is', async () => {
  const reply = await get('/a.csv.gz');
  expect(reply.headers['content-encoding']).toBeUndefined();
  expect(reply.headers['content-type']).toBe('application/octet-stream');
  expect(reply.body).toBe('bytes');
});

it('only reading is allowed', async () => {
  expect((await get('/', 'POST')).status).toBe(405);
  expect((await get('/', 'HEAD')).body).toBe('');
});

it('the policy allows no code but the page’s own and no other origin', () => {
  const policy = production['Content-Security-Policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

it('the file for hosts lists the same headers', () => {
  const text = headersFile(production);
  for (const [name, value] of Object.entries(production)) expect(text).toContain(`  ${name}: ${value}\n`);
});
