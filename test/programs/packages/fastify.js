// A server whose requests are logged to two targets by one thread. Closed, it goes as pino.js does: the thread has written
// all lines. A signal cuts the thread off.
const fastify = require('fastify');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { tmpdir } = require('node:os');
const { request } = require('node:http');

const target = (name) => ({ target: 'pino/file', options: { destination: join(tmpdir(), name) } });
const server = fastify({ logger: { transport: { targets: [target('first.log'), target('second.log')] } } });
// Held to the end: a logger that nobody can reach any more is collected, and its thread then terminated.
globalThis.held = server;
server.get('/', async () => 'hello');

async function get(port) {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.setEncoding('utf8').once('data', resolve);
    });
    asked.once('error', reject).end();
  });
}

/** Three lines in each log: that it listens, and the request's two. */
function whenWritten(done) {
  const isWritten = ['first.log', 'second.log'].every(
    (name) => existsSync(join(tmpdir(), name)) && readFileSync(join(tmpdir(), name), 'utf8').split('\n').length > 3,
  );
  if (isWritten) done();
  else setTimeout(whenWritten, 20, done);
}

server.listen({ port: 0, host: '127.0.0.1' }).then(async () => {
  console.log(await get(server.server.address().port));
  if (process.argv.includes('serve')) return whenWritten(() => console.log('hangs'));
  await server.close();
  console.log('closed');
});
