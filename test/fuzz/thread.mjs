// Loads the same as an ES module.
import { workerData } from 'node:worker_threads';
import './thread.cjs';

if (workerData.awaits) await new Promise(() => {});
