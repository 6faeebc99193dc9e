// To be seen: the thread that runs Node's module loader hooks, as Node's own, and a worker.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
import { register } from 'node:module';
import { Worker } from 'node:worker_threads';

register('data:text/javascript,export const resolve = (specifier, context, next) => next(specifier, context)');
new Worker("console.log('beside the hooks')", { eval: true, name: 'beside' });
