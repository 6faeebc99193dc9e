// In a module of ECMAScript, before other code.
// Change: exit-with-live-workers in main.mjs: Wait for its "exit" event first.
// After: exit code 0, and "whole\n"
import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('./worker.js', import.meta.url), { name: 'worker' });
worker.on('error', console.error);
process.exit(0);
console.log('never');
