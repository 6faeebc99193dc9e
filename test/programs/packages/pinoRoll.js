// As pino.js, and the thread begins a new file whenever one is full.
const pino = require('pino');
const { join } = require('node:path');
const { tmpdir } = require('node:os');

const target = { target: 'pino-roll', options: { file: join(tmpdir(), 'rolled'), size: '1k', extension: '.log' } };
const logger = pino({ base: null, timestamp: false }, pino.transport(target));
// Held to the end: a logger that nobody can reach any more is collected, and its thread then terminated.
globalThis.held = logger;
let i = 0;
const next = () => {
  if (++i > 100) return console.log('logged');
  logger.info({ i }, 'line');
  logger.flush(next); // one write a line, else all go into the first file
};
next();
