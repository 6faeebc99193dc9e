// Nobody waits for the task.
// Findings: task-cut-off.
const Piscina = require('piscina');
const pool = new Piscina({ filename: 'x' });
pool.run({ a: 1 }); //! task-cut-off
