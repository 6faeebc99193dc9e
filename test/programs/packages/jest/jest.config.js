// Three files of tests for two threads.
module.exports = { reporters: ['<rootDir>/reporter.js'], workerThreads: true, maxWorkers: 2, watchman: false };
