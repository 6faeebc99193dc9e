// One of two files, so that each gets a process.
it('second passes', () => {});
