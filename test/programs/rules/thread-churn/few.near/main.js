// A few threads for all requests.
// Findings: none.
const { Worker } = require('node:worker_threads');
for (let i = 0; i < 4; i++) new Worker(require.resolve('./quiet.js'), { name: 'a' });
cache.get('worker', () => new Worker(require.resolve('./quiet.js'), { name: 'a' }));
require('http').createServer((request, response) => response.end());
