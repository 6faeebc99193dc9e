import { parentPort } from 'node:worker_threads';

const word: string = 'worker';
parentPort!.postMessage(word);
