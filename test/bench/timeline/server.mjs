// Serves the pages of the bench from this machine: each chart's own files, and for ours the policy that VS Code gives it.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const NONCE = 'bm9uY2Utb2YtdGhlLWJlbmNo';
const POLICY = `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; worker-src 'self'; script-src 'nonce-${NONCE}'`;
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** @param {boolean} ours */
const page = (ours) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
${ours ? `<meta http-equiv="Content-Security-Policy" content="${POLICY}">` : '<style>body { margin: 0 }</style>'}</head>
<body><div id="root"></div><script nonce="${NONCE}" src="/page.js"></script></body></html>`;

/**
 * @param {Record<string, string>} folders path on the server → folder; '' is for all else
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function serve(folders) {
  const server = http.createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    // Clocks are as fine as they can be only in pages that are isolated.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    if (pathname === '/') {
      response.setHeader('Content-Type', 'text/html');
      return response.end(page(searchParams.get('chart') === 'ours'));
    }
    const [, folder = '', ...rest] = pathname.split('/');
    const file = rest.length > 0 ? path.join(folders[folder] ?? '', ...rest) : path.join(folders[''] ?? '', folder);
    response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'text/plain');
    fs.createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
