// A build in memory. What works beside main are threads that are none of Node's.
import { join } from 'node:path';
import { build } from 'vite';

const entry = join(import.meta.dirname, 'sources', 'entry.js');
const lib = { entry, formats: ['es'], fileName: 'entry' };
const [{ output }] = await build({ configFile: false, logLevel: 'silent', build: { write: false, lib } });
console.log(output.map(({ fileName }) => fileName).join());
