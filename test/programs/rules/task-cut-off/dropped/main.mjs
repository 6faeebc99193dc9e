import { Tinypool } from 'tinypool';
const pool = new Tinypool({ filename: 'x' });
void pool.run({ a: 1 }); //! task-cut-off
