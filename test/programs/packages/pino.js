// A logger whose lines are written by a thread. Its stream keeps the process alive until the thread is ready, and is a
// daemon from then on; when main exits it is ref'd again, and main waits for the last line before it goes.
const pino = require('pino');
const { join } = require('node:path');
const { tmpdir } = require('node:os');

const target = { target: 'pino/file', options: { destination: join(tmpdir(), 'pino.log') } };
const logger = pino({ base: null, timestamp: false }, pino.transport(target));
// Held to the end: a logger that nobody can reach any more is collected, and its thread then terminated.
globalThis.held = logger;
for (let i = 0; i < 1000; i++) logger.info({ i }, 'line');
console.log('logged');
