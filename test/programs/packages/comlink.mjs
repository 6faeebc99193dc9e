// A worker behind a proxy keeps the process alive for ever. When the proxy is released the worker no longer listens, and
// returns; or terminate() ends it.
import { Worker } from 'node:worker_threads';
import { releaseProxy, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';

const [wish = 'hangs'] = process.argv.slice(2);
const worker = new Worker(new URL('workers/comlink.mjs', import.meta.url));
const api = wrap(nodeEndpoint(worker));
console.log(await api.double(1));
if (wish === 'release') api[releaseProxy]();
if (wish === 'terminate') await worker.terminate();
console.log(wish);
