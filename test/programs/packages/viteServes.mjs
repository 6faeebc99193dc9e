// A server of sources, which watches them, as while a person works at them.
import { join } from 'node:path';
import { createServer } from 'vite';

const root = join(import.meta.dirname, 'sources');
const server = await createServer({ configFile: false, logLevel: 'silent', root, cacheDir: join(root, '.vite'), server: { port: 0 } });
await server.listen();
console.log('hangs');
