// A program that logs for as long as it runs.
const pino = require('pino');
const { join } = require('node:path');
const { tmpdir } = require('node:os');

const target = { target: 'pino/file', options: { destination: join(tmpdir(), 'pino.log') } };
const logger = pino({ base: null, timestamp: false }, pino.transport(target));
let lines = 0;
setInterval(() => {
  logger.info({ line: ++lines }, 'line');
  if (lines === 3) console.log('hangs');
}, 100);
