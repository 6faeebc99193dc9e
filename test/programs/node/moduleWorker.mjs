// Started by module.mjs.
import { parentPort } from 'node:worker_threads';

parentPort.postMessage('from an ES module');
