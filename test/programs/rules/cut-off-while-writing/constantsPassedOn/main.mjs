// Constants that are properties, defaults, or exported again by other modules name the script.
// Findings: cut-off-while-writing.
import { Worker } from 'node:worker_threads';
import { LOG, PATHS } from './all.js';
import other from './default.mjs';
const OWN = { log: new URL('./writer.js', import.meta.url) };
const named = { quiet: './quiet.js' };
new Worker(LOG, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(PATHS.log, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(other, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(OWN.log, { name: 'a' }).unref(); //! cut-off-while-writing
new Worker(PATHS.other, { name: 'a' }).unref();
new Worker(named.quiet, { name: 'a' }).unref();
