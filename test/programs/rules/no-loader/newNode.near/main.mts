// For a newer Node.
// Findings: none.
import { Worker } from 'node:worker_threads';
new Worker(new URL('./quiet.ts', import.meta.url), { name: 'a' });
