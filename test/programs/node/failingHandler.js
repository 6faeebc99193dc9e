// To be seen: main returned, an exit handler threw, and the code is that of an error.
// Exit: returned, code 1.
// Threads: none.
// Findings: none.
process.on('exit', () => {
  throw new Error('too late'); // throws
});
