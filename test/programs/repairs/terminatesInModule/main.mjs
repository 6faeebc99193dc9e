// The same in a module of ECMAScript.
// Change: terminate-after-post in main.mjs: Call terminate() when it has answered.
// After: exit code 0, and "save\n"
import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('./worker.js', import.meta.url), { name: 'saver' });
worker.on('error', console.error);
worker.postMessage('save');
worker.terminate();
