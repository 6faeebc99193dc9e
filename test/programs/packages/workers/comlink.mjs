// A worker of comlink's.
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

expose({ double: (n) => n * 2 }, nodeEndpoint(parentPort));
