import Piscina from 'piscina';
const pool = new Piscina({ filename: 'x' });
const result = pool.run({}); //! task-cut-off
process.exit(0);
