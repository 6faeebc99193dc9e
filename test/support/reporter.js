// Runs inside mocha: prints as its "spec" reporter does, and leaves the counts, with the names and errors of what failed,
// where `npm test` adds them up.
'use strict';
const fs = require('node:fs');
const { Runner, reporters } = require('mocha');

/** Lines of an error that are told again at the end: its message and where it was thrown. */
const ERROR_LINES = 12;

class CountingSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      const file = process.env.TEST_COUNTS;
      if (file)
        fs.writeFileSync(file, JSON.stringify({ passed, failed, skipped, failures: this.failures.map(failure) }));
    });
  }
}

function failure(test) {
  const error = String(test.err?.stack ?? test.err ?? 'no error is known');
  return { title: test.fullTitle(), error: error.split('\n').slice(0, ERROR_LINES).join('\n') };
}

module.exports = CountingSpec;
