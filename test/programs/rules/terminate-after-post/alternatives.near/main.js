// Either asks it to end or terminates it, by conditions of all kinds.
// Findings: none.
const { Worker } = require('node:worker_threads');
const worker = new Worker(require.resolve('./quiet.js'), { name: 'a' });
const byIf = (gently) => {
  if (gently) worker.postMessage('end');
  else worker.terminate();
};
const byTernary = (gently) => (gently ? worker.postMessage('end') : worker.terminate());
const byOperators = (gently) => (gently && worker.postMessage('end')) || worker.terminate();
const bySwitch = (how) => {
  switch (how) {
    case 'gently':
      worker.postMessage('end');
      break;
    default:
      worker.terminate();
  }
};
const byError = () => {
  try {
    worker.postMessage('end');
  } catch {
    worker.terminate();
  }
};
byIf(byTernary(byOperators(bySwitch(byError()))));
