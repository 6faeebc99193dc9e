// With a loader, and without any version.
// Findings: none.
import { Worker } from 'node:worker_threads';
new Worker(new URL('./quiet.ts', import.meta.url), { name: 'a' });
