// For a Node that cannot run TypeScript.
// Findings: no-loader.
import { Worker } from 'node:worker_threads';
new Worker(new URL('./quiet.ts', import.meta.url), { name: 'a' }); //! no-loader
new Worker(new URL('./quiet.js', import.meta.url), { name: 'a' });
new Worker(new URL('./quiet.ts', import.meta.url), { name: 'a', execArgv: ['--import', 'tsx'] });
