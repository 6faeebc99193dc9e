// A worker keeps the process alive for ever, until it is told to end. A signal is handled by the package: it terminates
// its workers and calls process.exit(0).
const { spawn, Thread, Worker } = require('threads');

async function main() {
  const double = await spawn(new Worker('./workers/exposed.js'));
  console.log(await double(1));
  if (!process.argv.includes('end')) return console.log('hangs');
  await Thread.terminate(double);
  console.log('terminated');
}
main();
