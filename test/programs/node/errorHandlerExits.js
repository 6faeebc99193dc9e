// To be seen: main ended by process.exit(3) at the marked line, in its own handler for uncaught errors.
process.on('uncaughtException', (error) => {
  console.log('fatal:', error.message);
  process.exit(3); // main exits
});
setTimeout(() => {
  throw new Error('unforeseen');
}, 10);
