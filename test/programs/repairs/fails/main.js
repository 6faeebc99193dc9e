// An error of a worker ends main.
// Change: unhandled-worker-error in main.js: Listen for its "error" event.
// After: exit code 1, and "main goes on\n"
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./worker.js'), { name: 'failing' });
worker.on('exit', () => console.log('main goes on'));
