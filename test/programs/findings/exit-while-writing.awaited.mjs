// To be seen: main calls process.exit() when it has awaited each of its writes.
// Exit: exit-call.
// Threads: none.
// Findings: none.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const file = path.join(os.tmpdir(), `lifelines-exit-while-writing-${process.pid}.txt`);
await writeFile(file, 'x'.repeat(1_000_000));
await pipeline(Readable.from(['one', 'two']), createWriteStream(file));
const out = createWriteStream(file);
out.end('x'.repeat(100_000));
await once(out, 'finish');
process.exit(0);
