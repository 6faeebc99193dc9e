// To be seen: a worker whose script is a data: URL, which is its file, cut to a bearable length.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
import { Worker } from 'node:worker_threads';

new Worker(new URL(`data:text/javascript,console.log('from a URL')//${'x'.repeat(5000)}`), { name: 'from a URL' });
