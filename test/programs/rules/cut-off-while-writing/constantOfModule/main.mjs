// Constants of other modules name the script.
// Findings: cut-off-while-writing.
import { Worker } from 'node:worker_threads';
import { WRITER, others } from './paths.js';
new Worker(WRITER, { name: 'a' }).on('error', () => {}).unref(); //! cut-off-while-writing
new Worker(others.QUIET, { name: 'b' }).unref();
