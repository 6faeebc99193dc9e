import { spawn, Worker } from 'threads';
import { createSyncFn } from 'synckit';
import { Worker as Jest } from 'jest-worker';
import pino from 'pino';
import Bree from 'bree';
export const read = spawn(new Worker('./no')); //! worker-file-not-found
export const format = createSyncFn(new URL('./no.js', import.meta.url)); //! worker-file-not-found
new Jest(new URL('./no.js', import.meta.url), { enableWorkerThreads: true }).end(); //! worker-file-not-found
pino({ transport: { target: './no.mjs' } }); //! worker-file-not-found
export const to = pino.transport({
  targets: [
    { target: './no' }, //! worker-file-not-found
    { target: 'pino-pretty' },
  ],
});
export const bree = new Bree({
  root: new URL('./', import.meta.url).pathname,
  jobs: [
    'no', //! worker-file-not-found
    { name: 'none', interval: '5m' }, //! worker-file-not-found
    { name: 'other', path: import.meta.dirname + '/no.mjs' }, //! worker-file-not-found
    { name: 'quiet' },
  ],
});
