// The worker is in a private field.
// Findings: cut-off-while-writing.
const { Worker } = require('node:worker_threads');
class Log {
  #worker = new Worker(require.resolve('./writer.js'), { name: 'a' });
  close() {
    this.#worker.unref(); //! cut-off-while-writing
  }
}
module.exports = Log;
