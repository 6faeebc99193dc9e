// One of two files, so that each gets a process.
it('first passes', () => {});
