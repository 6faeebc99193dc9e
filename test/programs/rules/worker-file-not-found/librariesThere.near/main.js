// Pools whose scripts are there, are functions, or run in processes.
// Findings: none.
const { Piscina } = require('piscina');
const workerpool = require('workerpool');
const { Worker } = require('jest-worker');
const { StaticPool } = require('node-worker-threads-pool');
const threads = require('threads');
const pino = require('pino');
const Bree = require('bree');
new Piscina({ filename: __filename });
new Piscina({ filename: './quiet.js' });
new Piscina({ filename: unknown });
workerpool.pool('./quiet.js').terminate();
workerpool.pool('./no.js', { workerType: 'process' }).terminate();
new Worker(require.resolve('./no.js')).end();
new StaticPool({ size: 1, task: (n) => n + 1 }).destroy();
new threads.Worker('./typed');
pino({ transport: { target: 'pino/file' } });
pino.transport({ pipeline: [{ target: './quiet.js' }, { target: someOther }] });
new Bree({ root: false, jobs: [{ name: 'a', path: () => {} }] });
new Bree({ root: __dirname, defaultExtension: 'ts', jobs: ['typed', { name: 'quiet.js' }] });
