// TypeScript, main's and a worker's, that another process compiles as it is loaded, in a thread of Node's own for loader
// hooks. The worker returns.
import { Worker } from 'node:worker_threads';

const word: string = 'main';
new Worker(new URL('./worker.ts', import.meta.url)).once('message', (text: string) => console.log(word, text));
