// To be seen: the same for TypeScript that Node strips of its types: lines are those of the source.
// Exit: returned.
// Threads: 1 returned.
// Findings: none.
import { Worker } from 'node:worker_threads';

interface Options {
  eval: boolean;
  name: string;
}

const options: Options = { eval: true, name: 'typed' };
new Worker("console.log('typed')", options); // starts
