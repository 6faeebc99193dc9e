// A burst of lines is still in main when the signal comes: they are lost, and only those flushed before are in the file.
const pino = require('pino');
const { join } = require('node:path');
const { tmpdir } = require('node:os');

const target = { target: 'pino/file', options: { destination: join(tmpdir(), 'pino.log') } };
const logger = pino({ base: null, timestamp: false }, pino.transport(target));
const burst = () => {
  for (let i = 0; i < 1000; i++) logger.info({ i }, 'line');
};
burst();
logger.flush(() => {
  setTimeout(() => {
    burst();
    process.kill(process.pid, 'SIGTERM');
  }, 300);
});
