// It has a listener, or may have one.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker(require.resolve('./thrower.js'), { name: 'a' }).on('error', () => {});
const one = new Worker(require.resolve('./thrower.js'), { name: 'a' });
one.onerror = () => {};
for (const event of ['error']) {
  const two = new Worker(require.resolve('./thrower.js'), { name: 'a' });
  two.on(event, () => {});
}
module.exports = new Worker(require.resolve('./thrower.js'), { name: 'a' });
