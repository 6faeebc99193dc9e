// To be seen: main ended by process.exit(3) at the marked line, in its own handler for uncaught errors.
// Exit: exit-call, code 3.
// Threads: none.
// Findings: none.
process.on('uncaughtException', (error) => {
  console.log('fatal:', error.message);
  process.exit(3); // main exits
});
setTimeout(() => {
  throw new Error('unforeseen');
}, 10);
