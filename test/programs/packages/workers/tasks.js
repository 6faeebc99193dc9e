// Tasks of pools: one that is done at once, and one that never is and says when it has begun.
const { BroadcastChannel } = require('node:worker_threads');

module.exports = {
  double: (n) => n * 2,
  forever() {
    new BroadcastChannel('begun').postMessage(0);
    return new Promise(() => {});
  },
};
