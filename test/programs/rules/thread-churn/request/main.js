// A thread for each request.
// Findings: thread-churn.
const { Worker } = require('node:worker_threads');
require('http').createServer((request, response) => {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' }); //! thread-churn
  worker.on('message', (text) => response.end(text));
});
app.get('/image', (request, response) => {
  new Worker(require.resolve('./quiet.js'), { name: 'a' }).on('message', (text) => response.send(text)); //! thread-churn
});
