// It is there, is TypeScript that is compiled, or is for a build to make.
// Findings: none.
const { Worker } = require('node:worker_threads');
new Worker('./quiet.js', { name: 'a' });
new Worker(new URL('./typed.js', 'file://' + __filename), { name: 'a' });
new Worker(require.resolve('../there-is-no-such-folder/w.js'), { name: 'a' });
new Worker(unknown, { name: 'a' });
