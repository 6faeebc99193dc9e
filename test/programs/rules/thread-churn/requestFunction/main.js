// A thread for each request, in a function that is the handler, or that the handler calls.
// Findings: thread-churn.
const { Worker } = require('node:worker_threads');
function handle(request, response) {
  new Worker(require.resolve('./quiet.js'), { name: 'a' }).on('message', (text) => response.end(text)); //! thread-churn
}
require('http').createServer(handle);
const resize = (file) => new Promise((resolve, reject) => {
  const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' }); //! thread-churn
  worker.on('message', resolve).on('exit', resolve).on('error', reject);
});
app.post('/image', async (request, response) => response.send(await resize(request.body)));
