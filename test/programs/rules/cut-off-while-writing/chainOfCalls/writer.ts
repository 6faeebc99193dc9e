import { createWriteStream } from 'node:fs';
const out = createWriteStream('log');
setInterval(() => out.write('x'), 1);
