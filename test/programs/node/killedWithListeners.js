// To be seen: what main does not do at its exit, because a signal ends it.
// Exit: signal.
// Threads: none.
// Notes: 2 exit listeners of main did not run (the first was added at killedWithListeners.js:7).
require('node:process'); // listeners of Node's own do not count

process.on('exit', () => console.log('saved'));
process.once('exit', () => console.log('closed'));
setTimeout(() => {}, 60_000);
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 100);
