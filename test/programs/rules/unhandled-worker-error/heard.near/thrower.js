const { workerData } = require('worker_threads');
if (!workerData) throw new Error('no data');
