// What Mocha reports, without times and in an order of our own.
module.exports = class {
  constructor(runner) {
    const passed = [];
    runner.on('pass', (test) => passed.push(test.title));
    runner.once('end', () => console.log(passed.sort().join(', ')));
  }
};
