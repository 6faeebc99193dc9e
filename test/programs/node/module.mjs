// To be seen: the same for an ES module that imports Worker by name, and for a worker that is one.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
import { Worker } from 'node:worker_threads';

const worker = new Worker(new URL('./moduleWorker.mjs', import.meta.url), { name: 'es module' }); // starts
worker.on('message', (message) => console.log(message));
