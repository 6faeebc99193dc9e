// As pino.js, and the lines are printed by the thread, readable, on the process's standard output.
const pino = require('pino');

const target = { target: 'pino-pretty', options: { colorize: false, ignore: 'time,pid,hostname' } };
const logger = pino(pino.transport(target));
// Held to the end: a logger that nobody can reach any more is collected, and its thread then terminated.
globalThis.held = logger;
for (let i = 0; i < 3; i++) logger.info({ i }, 'line');
