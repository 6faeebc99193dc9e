// To be seen: main returned, an exit handler threw, and the code is that of an error.
process.on('exit', () => {
  throw new Error('too late'); // throws
});
