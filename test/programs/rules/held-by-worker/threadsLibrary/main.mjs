// A thread of the library “threads” that is never ended.
// Findings: held-by-worker.
import { spawn, Thread, Worker } from 'threads';
const add = await spawn(new Worker('./worker')); //! held-by-worker
console.log(await add(1, 2));
const { sum } = await spawn(new Worker('./worker'));
const other = await spawn(new Worker('./worker'));
console.log(await other(1, 2));
await Thread.terminate(other);
const third = await spawn(new Worker('./worker')); //! held-by-worker
Thread.events(third).subscribe(console.log);
