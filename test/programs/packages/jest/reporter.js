// What Jest reports, without times.
module.exports = class {
  onRunComplete(_, { numPassedTests, numTotalTests }) {
    console.log(numPassedTests, 'of', numTotalTests, 'passed');
  }
};
