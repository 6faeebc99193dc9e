// The task is awaited, or the pool is closed.
// Findings: none.
const Piscina = require('piscina');
const pool = new Piscina({ filename: 'x' });
const one = async () => await pool.run({ a: 1 });
const two = () => pool.run({ a: 1 });
const other = new Piscina({ filename: 'x' });
other.run({ a: 1 });
other.close();
