// In a try block: it may be missing.
// Findings: none.
const { Worker } = require('node:worker_threads');
try {
  new Worker(require.resolve('./no.js'), { name: 'a' });
  new Worker('./no.js', { name: 'a' });
} catch {}
