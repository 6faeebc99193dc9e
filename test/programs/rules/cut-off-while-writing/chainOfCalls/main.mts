// A daemon by a chain of calls, in an ES module; its script is TypeScript and writes to a stream.
// Findings: cut-off-while-writing.
import { Worker } from 'node:worker_threads';
new Worker(new URL('./writer.js', import.meta.url), { name: 'a' }).on('error', () => {}).unref(); //! cut-off-while-writing
